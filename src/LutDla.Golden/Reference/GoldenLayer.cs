using LutDla.Golden.Model;

namespace LutDla.Golden.Reference;

/// <summary>Everything that happens in one LUT layer for one image: what the hardware gets, and what it must answer.</summary>
/// <param name="InputShape">The image that came in.</param>
/// <param name="OutputShape">The image that goes out; M = rows · columns, N = channels.</param>
/// <param name="SubVectors">[M, S, v]: into the search.</param>
/// <param name="Indices">[M, S]: out of the search.</param>
/// <param name="Distances">[M, S]: of the centroids found.</param>
/// <param name="Accumulators">[M, N]: sums of table entries, without the bias.</param>
/// <param name="Outputs">[M, N]: after bias, multiplication, rounding and clamp.</param>
public sealed record LutLayerTrace(
    ImageShape InputShape, ImageShape OutputShape, short[] SubVectors, int[] Indices, long[] Distances, long[] Accumulators, int[] Outputs);

/// <summary>The reference form of a LUT layer (docs/arithmetic.md): plain 64-bit arithmetic that never masks.</summary>
public static class GoldenLayer
{
    /// <summary>Runs <paramref name="layer"/> on one image of <see cref="LutLayer.InputChannels"/> channels.</summary>
    public static LutLayerTrace Run(LutLayer layer, ImageTensor image)
    {
        var shape = new ImageShape(
            layer.Window.OutputHeight(image.Shape.Height), layer.Window.OutputWidth(image.Shape.Width), layer.OutputChannels);
        var subVectors = GoldenIm2Col.SubVectors(layer, image);
        var (indices, distances) = Search(layer, subVectors, shape.Pixels);
        var accumulators = new long[shape.Count];
        var outputs = new int[shape.Count];
        for (var m = 0; m < shape.Pixels; m++)
        {
            var sums = accumulators.AsSpan(m * shape.Channels, shape.Channels);
            GoldenLookup.Accumulate(layer, indices.AsSpan(m * layer.SubspaceCount, layer.SubspaceCount), sums);
            for (var n = 0; n < shape.Channels; n++)
                outputs[m * shape.Channels + n] = layer.Rescale.Apply(sums[n], n);
        }

        return new LutLayerTrace(image.Shape, shape, subVectors, indices, distances, accumulators, outputs);
    }

    private static (int[] Indices, long[] Distances) Search(LutLayer layer, short[] subVectors, int rows)
    {
        var (subspaces, length) = (layer.SubspaceCount, layer.VectorLength);
        var indices = new int[rows * subspaces];
        var distances = new long[rows * subspaces];
        for (var i = 0; i < indices.Length; i++)
        {
            var codebook = layer.Codebooks.AsSpan().Slice(i % subspaces * layer.CentroidCount * length, layer.CentroidCount * length);
            (indices[i], distances[i]) = GoldenSearch.Nearest(layer.Metric, subVectors.AsSpan(i * length, length), codebook);
        }

        return (indices, distances);
    }
}
