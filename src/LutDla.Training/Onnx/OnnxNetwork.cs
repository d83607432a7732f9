using System.Collections.Immutable;
using LutDla.Hardware;
using LutDla.Training.Networks;

namespace LutDla.Training.Onnx;

/// <summary>Image classifiers from ONNX files, as networks that LUTBoost converts.</summary>
public static class OnnxNetwork
{
    /// <summary>
    /// The network in a file: convolutions, linear layers, pooling, additions and rectification. Batch normalisation moves into the weights; a softmax at the
    /// end is left out.
    /// </summary>
    /// <param name="normalisation">What the network was trained to see of a byte; an ONNX file does not say.</param>
    /// <exception cref="InvalidInputException">The file is broken, or holds what LUTBoost cannot take; names every such operation.</exception>
    public static FloatNetwork Read(string path, PixelNormalisation normalisation)
    {
        var graph = OnnxImport.Read(path, new OnnxImportOptions { FoldsNormalisation = true });
        var network = new ClassifierBuilder(path, graph, normalisation).Build();
        network.Provenance = ImmutableSortedDictionary<string, string>.Empty.Add("onnx", Path.GetFileName(path));
        return network;
    }
}
