using LutDla.Golden.Model;
using LutDla.Hardware;
using LutDla.Networks.Kernels;
using LutDla.Networks.Runtime;
using LutDla.Training.Initialisation;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

public sealed unsafe class CentroidTests
{
    private static readonly LutGeometry Plane = new(1, 1, 2, 4, new Window { Height = 1, Width = 1 }, VectorLength: 2, CentroidCount: 4);

    public CentroidTests() => TorchRuntime.EnsureLoaded(threads: 1);

    public static TheoryData<DistanceMetric> Metrics { get; } = [.. Enum.GetValues<DistanceMetric>()];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Separate_clusters_are_found_at_their_means(DistanceMetric metric)
    {
        (int X, int Y)[] centres = [(-90, -80), (-70, 85), (60, -75), (95, 70)];
        var random = new Random(21);
        var points = Enumerable.Range(0, 400).SelectMany(i => new float[]
        {
            centres[i % 4].X + random.Next(-3, 4), centres[i % 4].Y + random.Next(-3, 4),
        }).ToArray();

        var found = Fit(Plane, metric, points);

        foreach (var (x, y) in centres)
            Assert.Contains(found.Chunk(2), centroid => Math.Abs(centroid[0] - x) <= 1 && Math.Abs(centroid[1] - y) <= 1);
        Assert.All(found, value => Assert.Equal(MathF.Round(value), value));
    }

    [Fact]
    public void Fewer_points_than_centroids_leave_copies_of_the_first()
    {
        var found = Fit(Plane, DistanceMetric.L2, [5, 6, -7, 8, 5, 6, -7, 8]).Chunk(2).ToArray();

        Assert.Equal(2, found.DistinctBy(centroid => (centroid[0], centroid[1])).Count());
        Assert.Equal(found[0], found[2]);
        Assert.Equal(found[0], found[3]);
    }

    [Fact]
    public void The_refit_reduces_the_error_to_that_of_least_squares()
    {
        using var generator = new Generator(22);
        var geometry = Plane with { InputChannels = 6 };
        using var indices = randint(4, [3, 500], dtype: ScalarType.Byte, generator: generator);
        using var truth = randn([3, 4, 4], generator: generator);
        using var target = Gather(geometry, indices, truth);

        using var weak = TableRefit.Correction(geometry, indices, target, ridge: 1);
        using var exact = TableRefit.Correction(geometry, indices, target, ridge: 1e-5);

        var (none, some, least) = (Error(zeros(3, 4, 4)), Error(weak), Error(exact));
        Assert.True(least < 1e-6 * none && least < some && some < none, $"{none}, {some}, {least}");

        float Error(Tensor table) => (target - Gather(geometry, indices, table)).square().sum().item<float>();
    }

    [Fact]
    public void Centroids_follow_their_sub_vectors()
    {
        var averages = new CentroidAverages(Plane);
        using var centroids = tensor([0f, 0, 100, 100, -100, -100, 50, -50], [1, 4, 2]);
        averages.Start(centroids);
        using var images = tensor([10f, 20, 90, 110], [2, 1, 1, 2]);
        using var indices = tensor(new byte[] { 0, 1 }, [1, 2]);
        var random = new Random(23);

        for (var step = 0; step < 2000; step++) averages.Follow(images, indices, random, centroids);

        var moved = centroids.data<float>().ToArray();
        foreach (var (value, expected) in moved.Zip([10f, 20, 90, 110, -100, -100, 50, -50])) Assert.Equal(expected, value, 0.1f);
    }

    private static float[] Fit(LutGeometry geometry, DistanceMetric metric, float[] points)
    {
        var codebook = new float[geometry.CentroidCount * geometry.VectorLength];
        fixed (float* x = points, p = codebook)
        {
            var sample = new SubVectorSample(geometry, x, [.. Enumerable.Range(0, points.Length / 2)]);
            KMeans.Fit(geometry, metric, sample, seed: 1, p);
        }

        return codebook;
    }

    private static Tensor Gather(LutGeometry geometry, Tensor indices, Tensor table)
    {
        var sums = empty(indices.shape[1], geometry.OutputChannels);
        TableSums.Gather(
            NativeValues.Bytes(indices), NativeValues.Floats(table), NativeValues.Floats(sums), geometry.SubspaceCount,
            geometry.CentroidCount, (int)indices.shape[1], geometry.OutputChannels);
        return sums;
    }
}
