using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Golden.Fast;

/// <summary>
/// L2 as a maximum of products. |x - p|² = |x|² - (2 x·p - |p|²), and |x|² is the same for all centroids, so the nearest one has the
/// largest 2 x·p - |p|². With centroids scaled by 2^(i+1) and the complement of the index in the i lowest bits, one 32-bit maximum finds
/// the nearest centroid and, of equals, the lowest.
/// </summary>
internal sealed class EuclideanKeys
{
    private readonly int _indexBits;

    public EuclideanKeys(LutLayer layer)
    {
        _indexBits = BitWidth.ForIndex(layer.CentroidCount);
        Length = (layer.VectorLength + 1) / 2 * 2;
        var centroids = Codebooks.Lengthen(layer, Length);
        Pairs = new AlignedBuffer<int>(centroids.Length / 2);
        for (var i = 0; i < Pairs.Length; i++)
            Pairs.Span[i] = Scale(centroids[2 * i + 1]) << 16 | Scale(centroids[2 * i]) & 0xFFFF;
        Constants = new AlignedBuffer<int>(centroids.Length / Length);
        for (var i = 0; i < Constants.Length; i++)
        {
            var square = centroids.Skip(i * Length).Take(Length).Sum(p => (int)p * p);
            Constants.Span[i] = -(square << _indexBits) + (IndexMask - i % layer.CentroidCount);
        }
    }

    /// <summary>v, rounded up to pairs.</summary>
    public int Length { get; }

    /// <summary>The bits of a key that hold the complement of the index.</summary>
    public int IndexMask => (1 << _indexBits) - 1;

    /// <summary>[S, c, Length / 2]: two scaled elements, the first one in the low half.</summary>
    public AlignedBuffer<int> Pairs { get; }

    /// <summary>[S, c]: what is added to the scaled product.</summary>
    public AlignedBuffer<int> Constants { get; }

    /// <summary>Whether scaled centroids fit in 16 bits and keys in 32.</summary>
    public static bool Serves(LutLayer layer)
    {
        var (indexBits, bits) = (BitWidth.ForIndex(layer.CentroidCount), layer.ActivationBits);
        // 2 x·p - |p|² lies within 3 v 2^(2A-2).
        return layer.Metric == DistanceMetric.L2
            && bits + indexBits + 1 <= 16
            && (3L * (layer.VectorLength + 1) << (2 * bits - 2 + indexBits)) <= int.MaxValue;
    }

    private int Scale(short element) => element * (1 << (_indexBits + 1));
}
