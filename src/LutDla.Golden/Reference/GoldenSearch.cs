using LutDla.Hardware;

namespace LutDla.Golden.Reference;

/// <summary>The nearest centroid of a codebook (docs/arithmetic.md, section 3).</summary>
public static class GoldenSearch
{
    /// <summary>The lowest index whose distance is the smallest, and that distance.</summary>
    /// <param name="subVector">[v].</param>
    /// <param name="codebook">[c, v].</param>
    public static (int Index, long Distance) Nearest(DistanceMetric metric, ReadOnlySpan<short> subVector, ReadOnlySpan<short> codebook)
    {
        var length = subVector.Length;
        var best = (Index: 0, Distance: GoldenDistance.Between(metric, subVector, codebook[..length]));
        for (var j = 1; j < codebook.Length / length; j++)
        {
            var distance = GoldenDistance.Between(metric, subVector, codebook.Slice(j * length, length));
            if (distance < best.Distance)
                best = (j, distance);
        }

        return best;
    }
}
