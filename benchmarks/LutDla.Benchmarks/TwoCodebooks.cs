using System.Collections.Immutable;
using LutDla.Training.Networks;
using static TorchSharp.torch;

namespace LutDla.Benchmarks;

/// <summary>
/// A network whose convolutions, the first one excepted, are looked up twice and added: the second one's weights are 0 in floating point, so that its tables learn
/// what the first one's leave. Its codebooks begin from other seeds. What additive codebooks could bring, without a change of the generator;
/// residual additions then read 8 bits instead of 12, as the inner additions write.
/// </summary>
internal static class TwoCodebooks
{
    public static FloatNetwork Of(FloatNetwork network)
    {
        using var folded = NormFolding.Fold(network);
        var tensors = new SortedDictionary<string, Tensor>(folded.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.clone()), StringComparer.Ordinal);
        var operations = ImmutableArray.CreateBuilder<FloatOperation>();
        foreach (var operation in folded.Graph.Operations)
        {
            if (operation is not MatrixOperation op || op.Inputs[0] == FloatGraph.InputName || op.Window.Area == 1)
            {
                operations.Add(operation);
                continue;
            }

            var (first, second) = (op with { Name = $"{op.Name}.first", Relu = false }, op with { Name = $"{op.Name}.second", Relu = false });
            operations.AddRange(first, second, new AddOperation(op.Name, [first.Name, second.Name], op.Relu) { Ceiling = op.Ceiling });
            (tensors[first.Weight], tensors[first.Bias]) = (tensors[op.Weight], tensors[op.Bias]);
            (tensors[second.Weight], tensors[second.Bias]) = (zeros_like(tensors[op.Weight]), zeros_like(tensors[op.Bias]));
            tensors.Remove(op.Weight);
            tensors.Remove(op.Bias);
        }

        return new FloatNetwork(folded.Graph with { Operations = operations.ToImmutable() }, folded.Normalisation, tensors) { Provenance = folded.Provenance };
    }
}
