using LutDla.Hardware;

namespace LutDla.Golden.Reference;

/// <summary>Exact distances between a sub-vector and a centroid (docs/arithmetic.md, section 3).</summary>
public static class GoldenDistance
{
    /// <summary>The distance of <paramref name="subVector"/> and <paramref name="centroid"/>, which have the same length.</summary>
    public static long Between(DistanceMetric metric, ReadOnlySpan<short> subVector, ReadOnlySpan<short> centroid)
    {
        var distance = 0L;
        for (var i = 0; i < subVector.Length; i++)
        {
            var difference = Math.Abs((long)subVector[i] - centroid[i]);
            distance = metric switch
            {
                DistanceMetric.L1 => distance + difference,
                DistanceMetric.L2 => distance + difference * difference,
                DistanceMetric.Chebyshev => Math.Max(distance, difference),
                _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "This metric has no distance."),
            };
        }

        return distance;
    }
}
