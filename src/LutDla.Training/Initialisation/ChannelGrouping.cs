using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;
using static TorchSharp.torch;

namespace LutDla.Training.Initialisation;

/// <summary>
/// Gives channels other places, so that those that share a sub-vector tell about each other: then few centroids say more. The network
/// computes the same, its layers write and read in another order. The hardware does not notice.
/// </summary>
/// <remarks>The order in optimised product quantisation: T. Ge et al., CVPR 2013, who also rotate, which would not be free here.</remarks>
internal static class ChannelGrouping
{
    private const int MaximumPasses = 20;

    private const double SmallestGain = 1e-9;

    /// <summary>A network that computes what <paramref name="network"/> does, in a better order of channels.</summary>
    /// <param name="network">Without normalisation.</param>
    /// <param name="values">The float results of all operations on some images.</param>
    public static FloatNetwork Arrange(
        FloatNetwork network, IReadOnlyDictionary<string, Tensor> values, QuantisationOptions options,
        CancellationToken cancellation = default)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var classes = new ChannelClasses(network.Graph);
        string[] names = [FloatGraph.InputName, .. network.Graph.Operations.Select(op => op.Name)];
        var before = names.ToDictionary(name => name, classes.Of);
        var places = names.ToDictionary(name => name, name => (int[])before[name].Clone());
        GroupCost[] costs =
        [
            .. network.Graph.Operations.OfType<MatrixOperation>()
                .Where(op => options.FormatOf(op).Exact is null && before[op.Inputs[0]].Distinct().Count() == op.InputChannels)
                .Select(op => GroupCost.Of(network, op, values[op.Inputs[0]], before[op.Inputs[0]], options.FormatOf(op).VectorLength)),
        ];

        for (var (pass, swapped) = (0, true); swapped && pass < MaximumPasses; pass++)
        {
            swapped = false;
            foreach (var exchangeable in Exchangeable(network.Graph, before)) swapped |= Improve(exchangeable, costs, places, cancellation);
        }

        return Reorder(network, before, places);
    }

    /// <summary>
    /// Classes that may take each other's places: they are in the same tensors. Those of the image and of the logits stay, and those around
    /// grouped layers, whose groups are neighbours.
    /// </summary>
    private static IEnumerable<int[]> Exchangeable(FloatGraph graph, Dictionary<string, int[]> channels)
    {
        HashSet<string> still =
        [
            FloatGraph.InputName, graph.Operations[^1].Name,
            .. graph.Operations.OfType<MatrixOperation>().Where(op => op.Groups > 1).SelectMany(op => new[] { op.Inputs[0], op.Name }),
        ];
        var tensors = channels.SelectMany(pair => pair.Value.Distinct().Select(channel => (Channel: channel, Tensor: pair.Key)))
            .GroupBy(pair => pair.Channel, pair => pair.Tensor);
        return tensors.Where(group => !group.Any(still.Contains))
            .GroupBy(group => string.Join('\n', group), group => group.Key).Select(group => group.ToArray());
    }

    private static bool Improve(int[] exchangeable, GroupCost[] costs, Dictionary<string, int[]> places, CancellationToken cancellation)
    {
        var swapped = false;
        int[][] tensors = [.. places.Values.Where(place => place.Contains(exchangeable[0]))];
        GroupCost[] readers = [.. costs.Where(cost => places[cost.Tensor].Contains(exchangeable[0]))];
        for (var i = 0; i < exchangeable.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var j = i + 1; j < exchangeable.Length; j++)
            {
                var (a, b) = (exchangeable[i], exchangeable[j]);
                double Cost() => readers.Sum(reader => reader.Of(places[reader.Tensor], a, b));
                var before = Cost();
                Swap(tensors, a, b);
                if (Cost() < before - SmallestGain)
                    swapped = true;
                else
                    Swap(tensors, a, b);
            }
        }

        return swapped;
    }

    private static void Swap(int[][] tensors, int a, int b)
    {
        foreach (var places in tensors)
        {
            for (var i = 0; i < places.Length; i++) places[i] = places[i] == a ? b : places[i] == b ? a : places[i];
        }
    }

    private static FloatNetwork Reorder(FloatNetwork network, Dictionary<string, int[]> before, Dictionary<string, int[]> after)
    {
        var tensors = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var op in network.Graph.Operations.OfType<MatrixOperation>())
        {
            var outputs = Sources(before[op.Name], after[op.Name]);
            var weight = network.Tensors[op.Weight].index_select(0, outputs);
            // Groups see channels of their own, which have kept their places.
            if (op.Groups == 1) weight = weight.index_select(1, Sources(before[op.Inputs[0]], after[op.Inputs[0]]));
            tensors[op.Weight] = weight.contiguous().DetachFromDisposeScope();
            tensors[op.Bias] = network.Tensors[op.Bias].index_select(0, outputs).DetachFromDisposeScope();
        }

        return new FloatNetwork(network.Graph, network.Normalisation, tensors) { Provenance = network.Provenance };
    }

    // Where each place's channel was. In flattened tensors a class has a place in every pixel; their order stays.
    private static Tensor Sources(int[] before, int[] after)
    {
        var sources = before.Select((channel, place) => (channel, place)).GroupBy(pair => pair.channel, pair => (long)pair.place)
            .ToDictionary(group => group.Key, group => new Queue<long>(group));
        return tensor(Array.ConvertAll(after, channel => sources[channel].Dequeue()));
    }
}
