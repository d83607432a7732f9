namespace LutDla.Hardware;

/// <summary>How a sub-vector x is compared with a centroid p. Source: LUT-DLA, arXiv 2501.10658.</summary>
public enum DistanceMetric
{
    /// <summary>L2, squared: the sum of (x - p)².</summary>
    L2,

    /// <summary>L1, Manhattan: the sum of |x - p|.</summary>
    L1,

    /// <summary>Chebyshev, L∞: the largest |x - p|.</summary>
    Chebyshev,
}

/// <summary>Bounds of exact, unsigned distances: neither RTL nor golden model ever wraps.</summary>
public static class DistanceBounds
{
    /// <summary>
    /// The largest distance of two vectors of <paramref name="vectorLength"/> signed <paramref name="activationBits"/>-bit elements.
    /// </summary>
    public static long Maximum(DistanceMetric metric, int activationBits, int vectorLength)
    {
        var difference = (1L << activationBits) - 1; // |a - b| of two signed n-bit numbers is at most 2^n - 1
        return metric switch
        {
            DistanceMetric.L2 => vectorLength * difference * difference,
            DistanceMetric.L1 => vectorLength * difference,
            DistanceMetric.Chebyshev => difference,
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "No distance bound is known for this metric."),
        };
    }

    /// <summary>Bits of a distance, with no bit to spare.</summary>
    public static int Bits(DistanceMetric metric, int activationBits, int vectorLength) =>
        BitWidth.ForMaximum(Maximum(metric, activationBits, vectorLength));
}
