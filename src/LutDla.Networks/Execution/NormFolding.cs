using LutDla.Networks.Graphs;
using static TorchSharp.torch;

namespace LutDla.Networks.Execution;

/// <summary>Moves batch normalisation into the weights before it: the same function, with a bias instead.</summary>
internal static class NormFolding
{
    /// <summary>A network without normalisation that computes what <paramref name="network"/> computes outside of training.</summary>
    public static FloatNetwork Fold(FloatNetwork network)
    {
        using var noGradient = no_grad();
        var tensors = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var op in network.Graph.Operations.OfType<MatrixOperation>())
        {
            var weight = network.Tensors[op.Weight];
            if (op.Normalised)
            {
                using var scale = network.Tensors[op.NormWeight] / (network.Tensors[op.NormVariance] + FloatNetwork.NormEpsilon).sqrt();
                tensors[op.Weight] = weight * scale.reshape(-1, 1, 1, 1);
                tensors[op.Bias] = network.Tensors[op.NormBias] - network.Tensors[op.NormMean] * scale;
            }
            else
            {
                tensors[op.Weight] = weight.clone();
                tensors[op.Bias] = network.Tensors[op.Bias].clone();
            }
        }

        var graph = network.Graph with
        {
            Operations = [.. network.Graph.Operations.Select(op => op is MatrixOperation matrix ? matrix with { Normalised = false } : op)],
        };
        // What belongs to no matrix stays as it is.
        foreach (var (name, _) in graph.TensorShapes.Where(pair => !tensors.ContainsKey(pair.Key)))
            tensors[name] = network.Tensors[name].clone();
        return new FloatNetwork(graph, network.Normalisation, tensors) { Provenance = network.Provenance };
    }
}
