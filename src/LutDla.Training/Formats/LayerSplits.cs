using System.Collections.Immutable;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Onnx;
using static TorchSharp.torch;

namespace LutDla.Training.Formats;

/// <summary>
/// Turns layers whose formats say so into sums of parts: of exact products with the largest weights, and of lookups with several codebooks.
/// In floating point the network computes the same; the second and later lookups have weights 0 there, so that their tables learn what the
/// parts before them leave.
/// </summary>
/// <remarks>
/// Dense plus sparse: S. Kim et al., SqueezeLLM, ICML 2024. Sums of codebooks: A. Babenko and V. Lempitsky, "Additive quantization", CVPR
/// 2014; here each is searched by itself, so that indices need no other codebook's.
/// </remarks>
internal static class LayerSplits
{
    /// <summary>A network in which a layer to split is the addition, of the same name, of its parts.</summary>
    /// <param name="network">Without normalisation.</param>
    /// <param name="only">The one layer to look at; null: all.</param>
    public static FloatNetwork Apply(FloatNetwork network, QuantisationOptions options, string? only = null)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var tensors = new SortedDictionary<string, Tensor>(
            network.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal);
        var graph = Apply(network.Graph, options, only);
        var parts = graph.Operations.OfType<MatrixOperation>().ToLookup(op => op.Layer);
        foreach (var op in network.Graph.Operations.OfType<MatrixOperation>().Where(op => IsToSplit(op, options, only)))
            Fill([.. parts[op.Name]], options.FormatOf(op), op, tensors);
        foreach (var name in tensors.Keys.ToArray()) tensors[name] = tensors[name].clone().DetachFromDisposeScope();
        return new FloatNetwork(graph, network.Normalisation, tensors) { Provenance = network.Provenance };
    }

    /// <summary>The same without the numbers.</summary>
    /// <inheritdoc cref="Apply(FloatNetwork, QuantisationOptions, string?)" path="/param"/>
    public static FloatGraph Apply(FloatGraph graph, QuantisationOptions options, string? only = null)
    {
        var names = new LegalNames(graph.Operations.Select(op => op.Name));
        var operations = ImmutableArray.CreateBuilder<FloatOperation>();
        foreach (var operation in graph.Operations)
        {
            if (operation is MatrixOperation op && IsToSplit(op, options, only))
                operations.AddRange(Additions(op, [.. Parts(op, options.FormatOf(op), names)], names));
            else
                operations.Add(operation);
        }

        return graph with { Operations = operations.ToImmutable() };
    }

    private static bool IsToSplit(MatrixOperation op, QuantisationOptions options, string? only) =>
        op.Part is null && options.FormatOf(op).IsSplit && (only is null || op.Name == only);

    // The exact part comes first: tables can make good what it does wrong, it has too few weights for what they do.
    private static IEnumerable<MatrixOperation> Parts(MatrixOperation op, LayerFormat format, LegalNames names)
    {
        if (format.SparsePercent > 0) yield return Named("sparse", isSparse: true);
        yield return Named(format.Copies == 1 ? "dense" : "1");
        for (var copy = 2; copy <= format.Copies; copy++) yield return Named($"{copy}");

        MatrixOperation Named(string suffix, bool isSparse = false) => op with
        {
            Name = names.Next($"{op.Name}.{suffix}"), Relu = false, Ceiling = float.PositiveInfinity,
            Part = new LayerPart(op.Name, isSparse),
        };
    }

    // The numbers of the whole layer go to the first lookup, less the largest weights; the others begin with zeros.
    private static void Fill(
        MatrixOperation[] parts, LayerFormat format, MatrixOperation op, SortedDictionary<string, Tensor> tensors)
    {
        var (weight, bias) = (tensors[op.Weight], tensors[op.Bias]);
        var largest = Largest(weight, format.SparsePercent);
        tensors.Remove(op.Weight);
        tensors.Remove(op.Bias);
        var first = parts.First(part => part.Part is { IsSparse: false });
        foreach (var part in parts)
        {
            (tensors[part.Weight], tensors[part.Bias]) =
                part == first ? (weight - largest, bias)
                : part.Part is { IsSparse: true } ? (largest, zeros_like(bias))
                : (zeros_like(weight), zeros_like(bias));
        }
    }

    // A sum follows its last part: what comes after makes good the errors of the sum so far.
    private static IEnumerable<FloatOperation> Additions(MatrixOperation op, MatrixOperation[] parts, LegalNames names)
    {
        yield return parts[0];
        var sum = parts[0].Name;
        for (var i = 1; i < parts.Length; i++)
        {
            yield return parts[i];
            var isWhole = i == parts.Length - 1;
            ImmutableArray<string> inputs = [sum, parts[i].Name];
            yield return isWhole
                ? new AddOperation(op.Name, inputs, op.Relu) { Ceiling = op.Ceiling, AddsParts = true }
                : new AddOperation(sum = names.Next($"{op.Name}.sum{i + 1}"), inputs, Relu: false) { AddsParts = true };
        }
    }

    // The largest weights in their places, at least one, and zeros.
    private static Tensor Largest(Tensor weight, decimal percent)
    {
        var kept = zeros_like(weight);
        if (percent == 0) return kept;
        var count = (int)Math.Ceiling(percent / 100 * weight.numel());
        var places = weight.abs().flatten().topk(count).indexes;
        kept.view(-1).index_copy_(0, places, weight.flatten().index_select(0, places));
        return kept;
    }
}
