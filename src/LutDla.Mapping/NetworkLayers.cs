using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Rules;

namespace LutDla.Mapping;

/// <summary>The LUT layers of a network with the rows that go through them: the golden model does all that is around them.</summary>
public static class NetworkLayers
{
    /// <summary>
    /// Values of the rows of all images and layers together, elements of sub-vectors, indices and results: all are kept until they are
    /// compared.
    /// </summary>
    public const long MaximumValues = 1L << 29;

    /// <summary>Refuses more examples than can be kept.</summary>
    /// <param name="count">Images, or sequences.</param>
    /// <param name="longest">Tokens of the longest sequence; of images, all pixels count.</param>
    /// <exception cref="InvalidInputException">There are too many; says how many would not be.</exception>
    public static void Check(QuantizedNetwork network, int count, int longest = int.MaxValue)
    {
        var shapes = NetworkRules.Shapes(network);
        var each = network.Nodes.OfType<LutNode>().Sum(node => Math.Min(longest, shapes[node.Name].Pixels) * RowValues(node.Layer));
        if (each * count > MaximumValues)
        {
            throw new InvalidInputException(
                network.Name, "rows of the layers", $"{each * count} values, {each} an example", $"At most {MaximumValues} are kept.",
                $"Give at most {MaximumValues / each} examples.");
        }
    }

    /// <summary>The layers with the rows of these images.</summary>
    public static IReadOnlyList<LayerData> Of(QuantizedNetwork network, IEnumerable<ReadOnlyMemory<byte>> images) =>
        Of(network, images, (image, trace) => GoldenNetwork.Run(network, image.Span, trace));

    /// <summary>The layers of a network of tokens with the rows of these sequences.</summary>
    public static IReadOnlyList<LayerData> Of(QuantizedNetwork network, IEnumerable<ReadOnlyMemory<int>> sequences) =>
        Of(network, sequences, (sequence, trace) => GoldenNetwork.Run(network, sequence.Span, trace));

    private static long RowValues(LutLayer layer) => (long)layer.SubspaceCount * (layer.VectorLength + 1) + layer.OutputChannels;

    private static IReadOnlyList<LayerData> Of<T>(
        QuantizedNetwork network, IEnumerable<T> examples, Action<T, Action<LutNode, LutLayerTrace>> run)
    {
        var traces = new Dictionary<string, List<LutLayerTrace>>();
        foreach (var example in examples)
            run(example, (node, trace) => (traces.TryGetValue(node.Name, out var list) ? list : traces[node.Name] = []).Add(trace));
        return [.. network.Nodes.OfType<LutNode>().Select(node => LayerData.From(node.Name, node.Layer, traces[node.Name]))];
    }
}
