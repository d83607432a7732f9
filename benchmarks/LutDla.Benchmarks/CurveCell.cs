using LutDla.Hardware;

namespace LutDla.Benchmarks;

/// <summary>One format of the curve.</summary>
/// <param name="VectorLength">v.</param>
/// <param name="CentroidCount">c, a power of two.</param>
internal sealed record CurveFormat(DistanceMetric Metric, int VectorLength, int CentroidCount)
{
    private static readonly DistanceMetric[] Metrics = [DistanceMetric.L2, DistanceMetric.L1, DistanceMetric.Chebyshev];

    /// <summary>In the order of a table.</summary>
    public static int[] CentroidCounts { get; } = [8, 16, 32, 64];

    /// <summary>Of an input, what a search leaves.</summary>
    public double Bits => (double)BitWidth.ForIndex(CentroidCount) / VectorLength;

    /// <summary>
    /// All of them, in an order in which a part is of use: the usual number of centroids first, then short work before long: v = 1 has many
    /// subspaces. There, all metrics choose alike, and L2 stands for them.
    /// </summary>
    public static IEnumerable<CurveFormat> InOrder() =>
    [
        .. Of(Metrics, [16, 8, 32, 64], [4, 2, 8, 3, 9]), .. Of([DistanceMetric.L2], [16, 8, 32, 64], [1]),
    ];

    private static IEnumerable<CurveFormat> Of(DistanceMetric[] metrics, int[] centroidCounts, int[] vectorLengths) =>
        from centroids in centroidCounts
        from metric in metrics
        from length in vectorLengths
        select new CurveFormat(metric, length, centroids);
}

/// <summary>What a format came to.</summary>
/// <param name="Options">Of the conversion, as text: cells of other options are not these.</param>
/// <param name="Accuracy">Of the golden model on all test images, 0 to 1.</param>
/// <param name="Minutes">The conversion; null where it was taken up from a checkpoint.</param>
internal sealed record CurveCell(CurveFormat Format, string Options, double Accuracy, double? Minutes);
