using System.Runtime.Intrinsics.X86;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Hardware;
using LutDla.Networks.Runtime;
using LutDla.Training.Kernels;
using TorchSharp;

namespace LutDla.Training.Tests;

/// <summary>The vectorised kernels against their definitions, written out.</summary>
public sealed unsafe class KernelTests
{
    private static readonly Window Strided = new()
    {
        Height = 3, Width = 2, StrideHeight = 2, StrideWidth = 3, PaddingHeight = 1, PaddingWidth = 1,
    };

    private static readonly Window Pointwise = new() { Height = 1, Width = 1 };

    private static readonly Window Square = new() { Height = 3, Width = 3, PaddingHeight = 1, PaddingWidth = 1 };

    public static MatrixTheoryData<DistanceMetric, (int Channels, int Length, int Centroids), string> Searches { get; } = new(
        Enum.GetValues<DistanceMetric>(), [(1, 1, 16), (6, 4, 16), (4, 2, 5), (7, 3, 2), (20, 16, 200), (35, 4, 16)],
        ["strided", "pointwise", "square"]);

    [Theory]
    [MemberData(nameof(Searches))]
    public void The_search_finds_the_first_nearest_centroid(
        DistanceMetric metric, (int Channels, int Length, int Centroids) shape, string window)
    {
        TorchRuntime.EnsureLoaded(threads: 2);
        const int Images = 3;
        var geometry = new LutGeometry(5, 19, shape.Channels, 1, ByName(window), shape.Length, shape.Centroids);
        var random = new Random(11);
        // Few different values, so that ties are common.
        var images = Values(Images * geometry.InputValues, random, -4, 5);
        var codebooks = Codebooks(geometry, random, -4, 5);
        var rows = Images * geometry.RowsPerImage;
        var indices = new byte[geometry.SubspaceCount * rows];

        // The kernels for bytes and those for more bits.
        foreach (var bits in new[] { 4, 16 })
        {
            fixed (float* x = images)
            fixed (byte* found = indices) Search(geometry, metric, bits).Run(x, Images, codebooks, found);

            for (var s = 0; s < geometry.SubspaceCount; s++)
            {
                for (var m = 0; m < rows; m++) Assert.Equal(Nearest(geometry, metric, images, codebooks, s, m), indices[s * rows + m]);
            }
        }
    }

    [Theory]
    [InlineData(1, 10, 1)]
    [InlineData(5, 16, 64)]
    [InlineData(7, 37, 130)]
    [InlineData(3, 48, 67)]
    public void Gather_sums_table_rows(int subspaces, int channels, int rows)
    {
        TorchRuntime.EnsureLoaded(threads: 2);
        const int Centroids = 6;
        var random = new Random(12);
        var tables = Values(subspaces * Centroids * channels, random, -100, 100);
        var indices = Indices(subspaces * rows, random, Centroids);
        var (sums, expected) = (new float[rows * channels], new float[rows * channels]);

        fixed (float* t = tables, y = sums)
        fixed (byte* chosen = indices) TableSums.Gather(chosen, t, y, subspaces, Centroids, rows, channels);

        for (var i = 0; i < subspaces * rows * channels; i++)
        {
            var (s, m, n) = (i / channels / rows, i / channels % rows, i % channels);
            expected[m * channels + n] += tables[(s * Centroids + indices[s * rows + m]) * channels + n];
        }

        Assert.Equal(expected, sums);
    }

    // Joint indices of one to eight digits, their last ones missing or not; whole and cut blocks of rows and of channels.
    [Theory]
    [InlineData(1, 1, 16, 1)]
    [InlineData(5, 16, 16, 64)]
    [InlineData(4, 32, 16, 4096)]
    [InlineData(6, 20, 16, 4095)]
    [InlineData(7, 37, 16, 4097)]
    [InlineData(3, 64, 16, 8300)]
    [InlineData(19, 17, 2, 4200)]
    [InlineData(11, 3, 3, 130)]
    [InlineData(21, 33, 6, 1100)]
    [InlineData(9, 48, 15, 67)]
    [InlineData(5, 10, 17, 4099)]
    [InlineData(4, 18, 255, 300)]
    [InlineData(3, 16, 256, 5000)]
    public void Scatter_adds_each_row_to_the_entries_that_it_chose(int subspaces, int channels, int centroids, int rows)
    {
        var random = new Random(21);
        // Integers, so that the order of additions does not count.
        var sums = Values(rows * channels, random, -100, 100);
        var indices = Indices(subspaces * rows, random, centroids);
        var expected = new float[subspaces * centroids * channels];
        for (var i = 0; i < subspaces * rows * channels; i++)
        {
            var (s, m, n) = (i / channels / rows, i / channels % rows, i % channels);
            expected[(s * centroids + indices[s * rows + m]) * channels + n] += sums[m * channels + n];
        }

        foreach (var threads in new[] { 1, 3 })
        {
            TorchRuntime.EnsureLoaded(threads);
            var tables = new float[expected.Length];
            Array.Fill(tables, float.NaN);
            fixed (float* t = tables, y = sums)
            fixed (byte* chosen = indices) JointTableSums.Scatter(chosen, y, t, subspaces, centroids, rows, channels);
            Assert.Equal(expected, tables);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(19)]
    public void Rescaling_equals_the_golden_model(int channels)
    {
        TorchRuntime.EnsureLoaded(threads: 2);
        const int Rows = 500;
        var random = new Random(13);
        var (sums, bias) = (Values(Rows * channels, random, -70_000, 70_000), Values(channels, random, -2000, 2000));
        var factors = Enumerable.Range(0, channels).Select(_ => (Multiplier: random.Next(65536), Shift: random.Next(32))).ToArray();
        // The corners: halves of both signs, shift 0, the largest multiplier.
        factors[0] = (1, 1);
        factors[^1] = channels > 1 ? (65535, 0) : (1, 1);
        var slopes = factors.Select(factor => Math.ScaleB(factor.Multiplier, -factor.Shift)).ToArray();
        var outputs = new float[sums.Length];

        fixed (float* x = sums, b = bias, y = outputs)
        fixed (double* slope = slopes) Rescaling.Channels(x, b, slope, y, Rows, channels, -1000, 2047);

        var expected = sums.Select((sum, i) => (float)GoldenRescale.Apply(
            (long)sum + (long)bias[i % channels], factors[i % channels].Multiplier, factors[i % channels].Shift, -1000, 2047));
        Assert.Equal(expected, outputs);
    }

    [Fact]
    public void Rescaled_sums_of_two_tensors_equal_the_golden_model()
    {
        TorchRuntime.EnsureLoaded(threads: 2);
        var random = new Random(14);
        var (a, b) = (Values(999, random, -2048, 2048), Values(999, random, -2048, 2048));
        var outputs = new float[999];

        fixed (float* x = a, y = b, z = outputs)
            Rescaling.Sum(x, y, Math.ScaleB(40_001, -19), Math.ScaleB(65_535, -19), z, 999, -128, 127);

        var expected = a.Zip(b, (x, y) => (float)GoldenRescale.Apply((long)x * 40_001 + (long)y * 65_535, 1, 19, -128, 127));
        Assert.Equal(expected, outputs);
    }

    [Fact]
    public void Co_occurrence_is_the_gram_matrix_of_the_one_hot_indices()
    {
        TorchRuntime.EnsureLoaded(threads: 2);
        const int Subspaces = 5, Centroids = 3, Rows = 40, Side = Subspaces * Centroids;
        var random = new Random(15);
        var indices = Indices(Subspaces * Rows, random, Centroids);
        var gram = new float[Side * Side];

        fixed (byte* chosen = indices)
        fixed (float* g = gram) CoOccurrence.Count(chosen, g, Subspaces, Centroids, Rows);

        var expected = new float[gram.Length];
        for (var m = 0; m < Rows; m++)
        {
            for (var s = 0; s < Subspaces; s++)
            {
                for (var t = 0; t < Subspaces; t++)
                    expected[(s * Centroids + indices[s * Rows + m]) * Side + t * Centroids + indices[t * Rows + m]]++;
            }
        }

        Assert.Equal(expected, gram);
    }

    [Theory]
    [InlineData(4, 16)]
    [InlineData(2, 16)]
    [InlineData(7, 5)]
    public void The_search_of_rectified_bytes_finds_the_first_nearest_centroid(int length, int centroids)
    {
        TorchRuntime.EnsureLoaded(threads: 1);
        const int Images = 2;
        var geometry = new LutGeometry(9, 7, 8, 1, Square, length, centroids);
        var random = new Random(19);
        // Few different values, so that ties are common, and the largest.
        float[] images = [.. Values(Images * geometry.InputValues, random, 0, 6)
            .Select(value => value == 5 ? 127 : value)], codebooks = Codebooks(geometry, random, 0, 6);
        var rows = Images * geometry.RowsPerImage;
        var indices = new byte[geometry.SubspaceCount * rows];
        fixed (float* x = images)
        fixed (byte* found = indices) new ImageSearch(geometry, DistanceMetric.L2, 8, 0, 127).Run(x, Images, codebooks, found);

        for (var i = 0; i < indices.Length; i++)
            Assert.Equal(Nearest(geometry, DistanceMetric.L2, images, codebooks, i / rows, i % rows), indices[i]);
    }

    [Fact]
    public void The_search_takes_new_codebooks_and_new_numbers_of_pixels()
    {
        TorchRuntime.EnsureLoaded(threads: 1);
        var geometry = new LutGeometry(1, 1, 6, 1, Pointwise, 3, 16);
        var (random, search) = (new Random(17), Search(geometry, DistanceMetric.L2, 8));
        foreach (var count in new[] { 300, 300, 5, 128 })
        {
            float[] images = Values(count * 6, random, -128, 128), codebooks = Codebooks(geometry, random, -128, 128);
            var indices = new byte[geometry.SubspaceCount * count];
            fixed (float* x = images)
            fixed (byte* found = indices) search.Run(x, count, codebooks, found);
            for (var i = 0; i < indices.Length; i++)
                Assert.Equal(Nearest(geometry, DistanceMetric.L2, images, codebooks, i / count, i % count), indices[i]);
        }
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 6, 16, 64)]
    [InlineData(7, 37, 5, 130)]
    [InlineData(36, 16, 16, 67)]
    [InlineData(600, 9, 3, 100)]
    public void Columns_of_bytes_give_the_same_sums(int subspaces, int channels, int centroids, int rows)
    {
        Assert.SkipUnless(Avx512Vbmi.IsSupported, "The kernel needs AVX-512 VBMI.");
        TorchRuntime.EnsureLoaded(threads: 2);
        var random = new Random(20);
        var values = Values(subspaces * centroids * channels, random, -128, 128);
        // Sums beyond 16 bits.
        if (subspaces == 600) Array.Fill(values, -128);
        var bytes = Array.ConvertAll(values, value => (sbyte)value);
        var indices = Indices(subspaces * rows, random, centroids);
        var (expected, sums) = (new float[rows * channels], new float[rows * channels]);
        fixed (float* v = values, e = expected, y = sums)
        fixed (sbyte* b = bytes)
        fixed (byte* chosen = indices)
        {
            TableSums.Gather(chosen, v, e, subspaces, centroids, rows, channels);
            ByteColumnSums.Gather(chosen, b, y, subspaces, centroids, rows, channels);
        }

        Assert.Equal(expected, sums);
    }

    [Theory]
    [InlineData(1, 16, 1)]
    [InlineData(255, 16, 67)]
    [InlineData(7, 48, 130)]
    [InlineData(36, 64, 66)]
    public void Tables_of_bytes_give_the_same_sums(int subspaces, int channels, int rows)
    {
        TorchRuntime.EnsureLoaded(threads: 2);
        const int Centroids = 6;
        var random = new Random(18);
        // Beyond the limits and at halves, for the rounding; the extreme entries often, for the width of the sums.
        var values = Array.ConvertAll(Values(subspaces * Centroids * channels, random, -300, 300), value => value / 2);
        if (subspaces == 255) Array.Fill(values, -128);
        var (rounded, bytes) = (new float[values.Length], new sbyte[values.Length]);
        var indices = Indices(subspaces * rows, random, Centroids);
        var (expected, sums) = (new float[rows * channels], new float[rows * channels]);
        fixed (float* v = values, r = rounded, e = expected, y = sums)
        fixed (sbyte* b = bytes)
        fixed (byte* chosen = indices)
        {
            TableRounding.Round(v, r, values.Length, -128, 127);
            TableRounding.Round(v, b, values.Length, -128, 127);
            TableSums.Gather(chosen, r, e, subspaces, Centroids, rows, channels);
            ByteTableSums.Gather(chosen, b, y, subspaces, Centroids, rows, channels);
        }

        Assert.Equal(rounded, Array.ConvertAll(bytes, entry => (float)entry));
        Assert.Equal(expected, sums);
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        TorchRuntime.EnsureLoaded(threads: 1);
        var one = Search();
        torch.set_num_threads(3);
        Assert.Equal(one, Search());

        static byte[] Search()
        {
            var geometry = new LutGeometry(8, 8, 4, 1, Square, 2, 16);
            var random = new Random(16);
            float[] images = Values(5 * geometry.InputValues, random, -128, 128), codebooks = Codebooks(geometry, random, -128, 128);
            var indices = new byte[geometry.SubspaceCount * 5 * geometry.RowsPerImage];
            fixed (float* x = images)
            fixed (byte* found = indices) KernelTests.Search(geometry, DistanceMetric.L1, 8).Run(x, 5, codebooks, found);
            return indices;
        }
    }

    private static ImageSearch Search(LutGeometry geometry, DistanceMetric metric, int bits) =>
        new(geometry, metric, bits, -(1 << (bits - 1)), (1 << (bits - 1)) - 1);

    // Padding elements are 0.
    private static float[] Codebooks(LutGeometry geometry, Random random, int minimum, int maximum)
    {
        var values = Values(geometry.SubspaceCount * geometry.CentroidCount * geometry.VectorLength, random, minimum, maximum);
        for (var i = 0; i < values.Length; i++)
        {
            if (i % geometry.VectorLength >= geometry.Elements(i / geometry.VectorLength / geometry.CentroidCount)) values[i] = 0;
        }

        return values;
    }

    private static Window ByName(string name) => name switch
    {
        "strided" => Strided,
        "pointwise" => Pointwise,
        "square" => Square,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such window."),
    };

    private static int Nearest(LutGeometry geometry, DistanceMetric metric, float[] images, float[] codebooks, int s, int m)
    {
        var (image, pixel) = Math.DivRem(m, geometry.RowsPerImage);
        var (offset, block) = Math.DivRem(s, geometry.SubspacesPerOffset);
        var y = pixel / geometry.OutputWidth
            * geometry.Window.StrideHeight - geometry.Window.PaddingHeight + offset / geometry.Window.Width;
        var x = pixel % geometry.OutputWidth * geometry.Window.StrideWidth - geometry.Window.PaddingWidth + offset % geometry.Window.Width;
        var inside = y >= 0 && y < geometry.InputHeight && x >= 0 && x < geometry.InputWidth;
        var first = ((image * geometry.InputHeight + y) * geometry.InputWidth + x) * geometry.InputChannels + block * geometry.VectorLength;
        var (best, bestDistance) = (0, double.MaxValue);
        for (var j = 0; j < geometry.CentroidCount; j++)
        {
            var (sum, squares, largest) = (0.0, 0.0, 0.0);
            for (var t = 0; t < geometry.Elements(s); t++)
            {
                var value = inside ? images[first + t] : 0;
                var difference = Math.Abs(value - codebooks[(s * geometry.CentroidCount + j) * geometry.VectorLength + t]);
                (sum, squares, largest) = (sum + difference, squares + difference * difference, Math.Max(largest, difference));
            }

            var distance = metric switch { DistanceMetric.L2 => squares, DistanceMetric.L1 => sum, _ => largest };
            if (distance < bestDistance) (best, bestDistance) = (j, distance);
        }

        return best;
    }

    private static byte[] Indices(int count, Random random, int centroids)
    {
        var indices = new byte[count];
        for (var i = 0; i < count; i++) indices[i] = (byte)random.Next(centroids);
        return indices;
    }

    private static float[] Values(int count, Random random, int minimum, int end)
    {
        // Pinned: some kernels take the pointer into another thread.
        var values = GC.AllocateArray<float>(count, pinned: true);
        for (var i = 0; i < count; i++) values[i] = random.Next(minimum, end);
        return values;
    }
}
