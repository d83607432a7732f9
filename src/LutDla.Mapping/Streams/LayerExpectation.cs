using LutDla.Golden.Model;
using LutDla.Golden.Reference;

namespace LutDla.Mapping.Streams;

/// <summary>
/// What must come out of a core for a layer, by the place in the layer and by nothing else: the golden model's indices and results,
/// and beyond the layer's edges what the padding of docs/arithmetic.md makes of zeros.
/// </summary>
public sealed class LayerExpectation(LayerData data)
{
    private readonly int[] _zeroIndices = [.. Enumerable.Range(0, data.Layer.SubspaceCount).Select(s => IndexOfZero(data.Layer, s))];

    /// <param name="row">A row of the layer.</param>
    /// <param name="subspace">Any subspace from 0 on; those that the layer lacks have centroids of zeros, of which the first wins.</param>
    public int Index(int row, int subspace) =>
        subspace < data.Layer.SubspaceCount ? data.Indices[row * data.Layer.SubspaceCount + subspace] : 0;

    /// <summary>The index of a row of zeros, which only fills a block.</summary>
    /// <inheritdoc cref="Index" path="/param[@name='subspace']"/>
    public int FillingIndex(int subspace) => subspace < data.Layer.SubspaceCount ? _zeroIndices[subspace] : 0;

    /// <param name="row">A row of the layer.</param>
    /// <param name="column">Any column from 0 on; those that the layer lacks are columns of zeros, clamped.</param>
    public int Result(int row, int column) => column < data.Layer.OutputChannels
        ? data.Outputs[row * data.Layer.OutputChannels + column]
        : Math.Clamp(0, data.Layer.OutputMinimum, data.Layer.OutputMaximum);

    private static int IndexOfZero(LutLayer layer, int subspace)
    {
        var size = layer.CentroidCount * layer.VectorLength;
        var codebook = layer.Codebooks.AsSpan().Slice(subspace * size, size);
        return GoldenSearch.Nearest(layer.Metric, new short[layer.VectorLength], codebook).Index;
    }
}
