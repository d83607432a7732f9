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
        var names = new LegalNames(network.Graph.Operations.Select(op => op.Name));
        var operations = ImmutableArray.CreateBuilder<FloatOperation>();
        var tensors = new SortedDictionary<string, Tensor>(
            network.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal);
        foreach (var operation in network.Graph.Operations)
        {
            if (operation is not MatrixOperation { Part: null } op || !options.FormatOf(op).IsSplit
                || (only is not null && op.Name != only))
            {
                operations.Add(operation);
                continue;
            }

            Part[] parts = [.. Parts(op, options.FormatOf(op), tensors[op.Weight], tensors[op.Bias], names)];
            tensors.Remove(op.Weight);
            tensors.Remove(op.Bias);
            foreach (var part in parts) (tensors[part.Operation.Weight], tensors[part.Operation.Bias]) = (part.Weight, part.Bias);
            operations.AddRange(Additions(op, [.. parts.Select(part => part.Operation)], names));
        }

        foreach (var name in tensors.Keys.ToArray()) tensors[name] = tensors[name].clone().DetachFromDisposeScope();
        var graph = network.Graph with { Operations = operations.ToImmutable() };
        return new FloatNetwork(graph, network.Normalisation, tensors) { Provenance = network.Provenance };
    }

    private sealed record Part(MatrixOperation Operation, Tensor Weight, Tensor Bias);

    // The exact part comes first: tables can make good what it does wrong, it has too few weights for what they do.
    private static IEnumerable<Part> Parts(MatrixOperation op, LayerFormat format, Tensor weight, Tensor bias, LegalNames names)
    {
        var largest = Largest(weight, format.SparsePercent);
        if (format.SparsePercent > 0) yield return new(Named("sparse", isSparse: true), largest, zeros_like(bias));
        yield return new(Named(format.Copies == 1 ? "dense" : "1"), weight - largest, bias);
        for (var copy = 2; copy <= format.Copies; copy++) yield return new(Named($"{copy}"), zeros_like(weight), zeros_like(bias));

        MatrixOperation Named(string suffix, bool isSparse = false) => op with
        {
            Name = names.Next($"{op.Name}.{suffix}"), Relu = false, Ceiling = float.PositiveInfinity,
            Part = new LayerPart(op.Name, isSparse),
        };
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
