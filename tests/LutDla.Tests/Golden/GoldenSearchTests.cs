using CsCheck;
using LutDla.Golden.Reference;
using LutDla.Hardware;

namespace LutDla.Tests.Golden;

/// <summary>docs/arithmetic.md, section 3.</summary>
public sealed class GoldenSearchTests
{
    private static readonly Gen<(DistanceMetric Metric, int Bits, short[] X, short[] Y)> AnyPair =
        from metric in Gen.Enum<DistanceMetric>()
        from bits in Gen.Int[4, 16]
        from length in Gen.Int[1, 16]
        from x in AnyVector(bits, length)
        from y in AnyVector(bits, length)
        select (metric, bits, x, y);

    // Few bits and many centroids, so that ties are common.
    private static readonly Gen<(DistanceMetric Metric, short[] X, short[] Codebook)> AnySearch =
        from metric in Gen.Enum<DistanceMetric>()
        from bits in Gen.Int[4, 7]
        from length in Gen.Int[1, 5]
        from count in Gen.Int[2, 40]
        from x in AnyVector(bits, length)
        from codebook in AnyVector(bits, length * count)
        select (metric, x, codebook);

    [Theory]
    [InlineData(DistanceMetric.L1, 14)]
    [InlineData(DistanceMetric.L2, 86)]
    [InlineData(DistanceMetric.Chebyshev, 7)]
    public void Distances_are_those_of_the_definition(DistanceMetric metric, long expected) =>
        Assert.Equal(expected, GoldenDistance.Between(metric, [1, -2, 3, 0], [-5, 5, 3, 1]));

    [Fact]
    public void A_distance_is_symmetric_zero_on_itself_and_within_its_bound() => AnyPair.Sample(t =>
    {
        var distance = GoldenDistance.Between(t.Metric, t.X, t.Y);
        Assert.Equal(distance, GoldenDistance.Between(t.Metric, t.Y, t.X));
        Assert.Equal(0, GoldenDistance.Between(t.Metric, t.X, t.X));
        Assert.Equal(distance == 0, t.X.AsSpan().SequenceEqual(t.Y));
        Assert.InRange(distance, 0, DistanceBounds.Maximum(t.Metric, t.Bits, t.X.Length));
    });

    public static MatrixTheoryData<DistanceMetric, int, int> Extremes { get; } = new(
        Enum.GetValues<DistanceMetric>(), [4, 8, 16], [1, 3, 16]);

    [Theory]
    [MemberData(nameof(Extremes))]
    public void The_bound_is_reached_by_opposite_extremes(DistanceMetric metric, int bits, int length) =>
        Assert.Equal(
            DistanceBounds.Maximum(metric, bits, length),
            GoldenDistance.Between(
                metric,
                [.. Enumerable.Repeat((short)BitWidth.SignedMinimum(bits), length)],
                [.. Enumerable.Repeat((short)BitWidth.SignedMaximum(bits), length)]));

    [Fact]
    public void The_index_is_the_lowest_of_the_nearest() => AnySearch.Sample(t =>
    {
        var (index, distance) = GoldenSearch.Nearest(t.Metric, t.X, t.Codebook);
        var all = t.Codebook.Chunk(t.X.Length).Select(p => GoldenDistance.Between(t.Metric, t.X, p)).ToList();
        Assert.Equal(all.Min(), distance);
        Assert.Equal(all.IndexOf(distance), index);
    });

    [Fact]
    public void Permuting_centroids_permutes_the_index_up_to_ties() => AnySearch.Sample(t =>
    {
        var reversed = t.Codebook.Chunk(t.X.Length).Reverse().ToArray();
        var (index, distance) = GoldenSearch.Nearest(t.Metric, t.X, t.Codebook);
        var (mirrored, same) = GoldenSearch.Nearest(t.Metric, t.X, [.. reversed.SelectMany(p => p)]);
        Assert.Equal(distance, same);
        var ties = reversed.Count(p => GoldenDistance.Between(t.Metric, t.X, p) == distance);
        Assert.True(ties == 1 ? mirrored == reversed.Length - 1 - index : mirrored <= reversed.Length - 1 - index);
    });

    [Fact]
    public void Copies_of_centroid_0_as_padding_are_never_selected() => AnySearch.Sample(t =>
    {
        short[] padded = [.. t.Codebook, .. t.Codebook[..t.X.Length], .. t.Codebook[..t.X.Length]];
        Assert.Equal(GoldenSearch.Nearest(t.Metric, t.X, t.Codebook), GoldenSearch.Nearest(t.Metric, t.X, padded));
    });

    [Fact]
    public void Padding_sub_vectors_with_zeros_changes_nothing() => AnySearch.Sample(t =>
    {
        short[] wide = [.. t.X, 0, 0];
        short[] codebook = [.. t.Codebook.Chunk(t.X.Length).SelectMany(p => (short[])[.. p, 0, 0])];
        Assert.Equal(GoldenSearch.Nearest(t.Metric, t.X, t.Codebook), GoldenSearch.Nearest(t.Metric, wide, codebook));
    });

    private static Gen<short[]> AnyVector(int bits, int length) =>
        Gen.Short[(short)BitWidth.SignedMinimum(bits), (short)BitWidth.SignedMaximum(bits)].Array[length];
}
