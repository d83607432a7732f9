using System.Collections.Immutable;
using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Onnx;

namespace LutDla.Networks.Files;

/// <summary>Float networks from files of every format that is read.</summary>
public static class NetworkFile
{
    /// <summary>A classifier of images.</summary>
    /// <param name="examples">
    /// What it shall take. Where their bytes stand for numbers, these are what the network was trained to see.
    /// </param>
    /// <param name="architecture">For published weights: which network they belong to, one of those that are published.</param>
    /// <param name="mean">
    /// For ONNX and published weights: what was subtracted from byte / 255, a number for each channel, or none: 0.
    /// </param>
    /// <param name="deviation">For these, too: by what the rest was divided, a number for each channel, or none: 1.</param>
    /// <exception cref="InvalidInputException">The file is broken, no such network, or says itself what is given besides.</exception>
    public static FloatNetwork Read(
        string path, Dataset examples, Architecture? architecture, ImmutableArray<float> mean, ImmutableArray<float> deviation)
    {
        var meaning = examples.Meaning;
        if (Format(path, architecture is { } known ? Architectures.Name(known) : null) == WeightFormat.Onnx)
            return meaning is null ? OnnxNetwork.Read(path, mean, deviation) : OnnxNetwork.ReadFor(path, examples, meaning);
        if (architecture is { } named)
        {
            return PublishedWeights.Read(
                path, Architectures.For(named, examples), meaning ?? PixelNormalisation.Given(path, mean, deviation, examples.Channels));
        }

        if (meaning is not null)
            throw new InvalidInputException(path, "inputs", examples.Name, "Networks that lutdla train writes take bytes.", "Give bytes.");
        if (!mean.IsEmpty || !deviation.IsEmpty)
        {
            throw new InvalidInputException(
                path, "mean, deviation", string.Join(", ", mean.AddRange(deviation)),
                "These are for ONNX files and published weights; other networks know what they see.",
                "Leave them out, or name the --architecture of published weights.");
        }

        return FloatNetworkFile.Read(path);
    }

    /// <summary>What a network of images or of tokens computes, for who has no examples for it.</summary>
    /// <param name="published">For published weights: the network that they belong to.</param>
    /// <exception cref="InvalidInputException">The file is broken, no such network, or says itself what is given besides.</exception>
    public static FloatGraph ReadGraph(string path, FloatGraph? published)
    {
        using var network = ReadAny(path, published);
        return network.Graph;
    }

    /// <summary>A network of tokens.</summary>
    /// <exception cref="InvalidInputException">The file is broken or no such network.</exception>
    public static FloatNetwork ReadTokens(string path)
    {
        var format = WeightFormats.Of(path);
        if (format != WeightFormat.Safetensors)
        {
            throw new InvalidInputException(
                path, "format", $"{format}", "Networks of tokens come as safetensors.", "Give one, or leave the sequences out.");
        }

        if (LlamaFile.Is(path)) return LlamaFile.Read(path);
        var network = FloatNetworkFile.Read(path);
        if (network.Graph.Tokens is not null) return network;
        network.Dispose();
        throw new InvalidInputException(
            path, "architecture", network.Graph.Architecture, "It takes images, not sequences.", "Leave the sequences out.");
    }

    private static FloatNetwork ReadAny(string path, FloatGraph? published)
    {
        if (Format(path, published?.Architecture) == WeightFormat.Onnx) return OnnxNetwork.Read(path, [], []);
        if (published is not null)
            return PublishedWeights.Read(path, published, PixelNormalisation.Given(path, [], [], published.Channels));
        return LlamaFile.Is(path) ? LlamaFile.Read(path) : FloatNetworkFile.Read(path);
    }

    // It decides whether the architecture must be named.
    private static WeightFormat Format(string path, string? architecture) => (WeightFormats.Of(path), architecture) switch
    {
        (WeightFormat.Onnx, { } named) => throw new InvalidInputException(
            path, "architecture", named, "An ONNX file says its network itself.", "Leave it out."),
        (WeightFormat.PyTorch, null) => throw new InvalidInputException(
            path, "architecture", "missing", "Weights of PyTorch do not say which network they belong to.",
            "Name it by --architecture if the project knows it, or export the model as ONNX."),
        var (format, _) => format,
    };
}
