using LutDla.Hardware;
using LutDla.Training.Kernels;

namespace LutDla.Training.Tests;

/// <summary>The search of k-means and of the refit, which is another kernel than that of training steps.</summary>
public sealed unsafe class CentroidSearchTests
{
    public static MatrixTheoryData<DistanceMetric, int> Kinds { get; } = new(Enum.GetValues<DistanceMetric>(), [1, 2, 3, 4, 6]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_first_of_several_nearest_centroids_is_found(DistanceMetric metric, int elements)
    {
        const int Columns = 4 * CentroidSearch.Lanes;
        const int Count = 19;
        var random = new Random(5);
        float[] planes = [.. Enumerable.Range(0, elements * Columns).Select(_ => (float)random.Next(-3, 4))];
        float[] centroids = [.. Enumerable.Range(0, Count * elements).Select(_ => (float)random.Next(-3, 4))];
        var found = new byte[Columns];

        fixed (float* x = planes)
        fixed (float* p = centroids)
        fixed (byte* indices = found)
            CentroidSearch.Run(metric, x, elements, Columns, p, Count, elements, indices);

        float[] Distances(int column) =>
            [.. Enumerable.Range(0, Count).Select(j => Distance(metric, planes, centroids, elements, column, j))];
        float[][] distances = [.. Enumerable.Range(0, Columns).Select(Distances)];
        Assert.Contains(distances, d => d.Count(value => value == d.Min()) > 1);
        Assert.Equal(distances.Select(d => (byte)Array.IndexOf(d, d.Min())), found);
    }

    private static float Distance(DistanceMetric metric, float[] planes, float[] centroids, int elements, int column, int centroid)
    {
        var differences = Enumerable.Range(0, elements)
            .Select(t => Math.Abs(planes[t * (planes.Length / elements) + column] - centroids[centroid * elements + t]))
            .ToArray();
        return metric switch
        {
            DistanceMetric.L1 => differences.Sum(),
            DistanceMetric.L2 => differences.Sum(d => d * d),
            _ => differences.Max(),
        };
    }
}
