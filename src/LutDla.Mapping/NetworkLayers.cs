using LutDla.Golden.Model;
using LutDla.Golden.Reference;

namespace LutDla.Mapping;

/// <summary>The LUT layers of a network with the rows that go through them: the golden model does all that is around them.</summary>
public static class NetworkLayers
{
    /// <summary>The layers with the rows of these images.</summary>
    public static IReadOnlyList<LayerData> Of(QuantizedNetwork network, IEnumerable<ReadOnlyMemory<byte>> images) =>
        Of(network, images, (image, trace) => GoldenNetwork.Run(network, image.Span, trace));

    /// <summary>The layers of a network of tokens with the rows of these sequences.</summary>
    public static IReadOnlyList<LayerData> Of(QuantizedNetwork network, IEnumerable<ReadOnlyMemory<int>> sequences) =>
        Of(network, sequences, (sequence, trace) => GoldenNetwork.Run(network, sequence.Span, trace));

    private static IReadOnlyList<LayerData> Of<T>(
        QuantizedNetwork network, IEnumerable<T> examples, Action<T, Action<LutNode, LutLayerTrace>> run)
    {
        var traces = new Dictionary<string, List<LutLayerTrace>>();
        foreach (var example in examples)
            run(example, (node, trace) => (traces.TryGetValue(node.Name, out var list) ? list : traces[node.Name] = []).Add(trace));
        return [.. network.Nodes.OfType<LutNode>().Select(node => LayerData.From(node.Name, node.Layer, traces[node.Name]))];
    }
}
