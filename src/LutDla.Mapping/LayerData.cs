using LutDla.Golden.Model;
using LutDla.Golden.Reference;

namespace LutDla.Mapping;

/// <summary>A LUT layer with the rows that go through it and what the golden model makes of them.</summary>
/// <param name="Name">For reports.</param>
/// <param name="SubVectors">[M, S, v].</param>
/// <param name="Indices">[M, S].</param>
/// <param name="Outputs">[M, N].</param>
public sealed record LayerData(string Name, LutLayer Layer, short[] SubVectors, int[] Indices, int[] Outputs)
{
    public int RowCount => Indices.Length / Layer.SubspaceCount;

    public LayerShape Shape => new(RowCount, Layer.SubspaceCount, Layer.OutputChannels);

    /// <summary>The rows of several images as one matrix.</summary>
    public static LayerData From(string name, LutLayer layer, IReadOnlyList<LutLayerTrace> traces) => new(
        name, layer,
        [.. traces.SelectMany(t => t.SubVectors)], [.. traces.SelectMany(t => t.Indices)], [.. traces.SelectMany(t => t.Outputs)]);
}
