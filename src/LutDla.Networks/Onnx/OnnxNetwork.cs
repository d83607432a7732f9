using System.Collections.Immutable;
using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Onnx.Translation;

namespace LutDla.Networks.Onnx;

/// <summary>Classifiers from ONNX files, as networks that LUTBoost converts.</summary>
public static class OnnxNetwork
{
    /// <summary>
    /// The network in a file, whatever <see cref="Translation.GraphTranslation"/> takes of it: layers, pools, functions of values, sums,
    /// products and concatenations.
    /// </summary>
    /// <param name="mean">
    /// Of each channel, subtracted from byte / 255: an ONNX file does not say what the network was trained to see. Empty means 0.
    /// </param>
    /// <param name="deviation">Of each channel, what is left is divided by it; more than 0. Empty means 1.</param>
    /// <exception cref="InvalidInputException">
    /// The file is broken, or holds what LUTBoost cannot take; names every such operation.
    /// </exception>
    public static FloatNetwork Read(string path, ImmutableArray<float> mean, ImmutableArray<float> deviation) =>
        Read(path, translation => translation.Build(mean, deviation));

    /// <summary>The network in a file, for examples whose bytes stand for the numbers that it takes.</summary>
    /// <exception cref="InvalidInputException">As above, or it takes examples of another shape.</exception>
    internal static FloatNetwork ReadFor(string path, Dataset examples, PixelNormalisation meaning) => Read(path, translation =>
    {
        // Before the numbers of each channel are taken for the network's.
        if (translation.Input is var (height, width, channels)
            && (height, width, channels) != (examples.Height, examples.Width, examples.Channels))
        {
            throw new InvalidInputException(
                examples.Name, "inputs", examples.Shape, $"The network takes {height}x{width}x{channels}.", ExamplesFile.ShapeMend);
        }

        return translation.Build(meaning.Mean, meaning.Deviation);
    });

    private static FloatNetwork Read(string path, Func<GraphTranslation, FloatNetwork> build)
    {
        // One image at a time is what a network is converted for, however many the file takes.
        var graph = OnnxImport.Read(path, new OnnxImportOptions { FoldsNormalisation = true, RebindsBatch = true });
        var network = build(new GraphTranslation(path, graph));
        network.Provenance = ImmutableSortedDictionary<string, string>.Empty.Add("onnx", Path.GetFileName(path));
        return network;
    }
}
