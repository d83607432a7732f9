using CsCheck;
using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Hardware;

namespace LutDla.Tests.Golden;

/// <summary>docs/arithmetic.md, section 4.</summary>
public sealed class OverflowProofTests
{
    // Three subspaces of two centroids; channel 0 sums to at most 3 * 127, channel 1 to at least -3 * 128.
    private static readonly LutLayer Layer = SampleNetworks.Layer(3, 2, SampleNetworks.Kernel1, v: 1, c: 2, DistanceMetric.L1) with
    {
        Tables = [127, -128, 5, 3, 127, -1, -7, -128, 127, -128, 127, -128],
        Bias = [0, 0],
    };

    [Fact]
    public void Bounds_add_the_extremes_of_each_subspace() =>
        Assert.Equal([new AccumulatorBounds(-7, 381), new AccumulatorBounds(-384, 3)], OverflowProof.Bounds(Layer));

    [Fact]
    public void Ten_bits_hold_the_layer_and_nine_do_not()
    {
        Assert.Equal(10, OverflowProof.RequiredBits(Layer));
        OverflowProof.Check("net", "conv", Layer, 10);

        var e = Assert.Throws<InvalidInputException>(() => OverflowProof.Check("net", "conv", Layer, 9));

        Assert.Equal(2, e.Problems.Count);
        Assert.Equal(
            "net: conv, channel 0 = sum of table entries from -7 to 381: It needs 10 bits; 9 are available. "
            + "Use wider accumulators (tile.accumulator_bits), or convert with fewer table bits.",
            e.Problems[0].ToString());
    }

    // Then a sum with its bias fits in one bit more: 511 + 511 and -512 - 512 do.
    [Fact]
    public void The_bias_has_the_bits_of_an_accumulator()
    {
        var fits = Layer with { Bias = [511, -512] };
        OverflowProof.Check("net", "conv", fits, 10);
        Assert.Equal(10, OverflowProof.RequiredBits(fits));

        var wide = fits with { Bias = [512, -513] };
        var e = Assert.Throws<InvalidInputException>(() => OverflowProof.Check("net", "conv", wide, 10));

        Assert.Equal(["bias 512", "bias -513"], e.Problems.Select(p => p.Value));
        Assert.All(e.Problems, p => Assert.Equal("It needs 11 bits; 10 are available.", p.Rule));
        Assert.Equal(11, OverflowProof.RequiredBits(wide));
    }

    [Fact]
    public void No_partial_sum_leaves_the_bounds() => Gen.Int[1, 10000].Sample(seed =>
    {
        var random = new Random(seed);
        var layer = SampleNetworks.Layer(6, 3, SampleNetworks.Kernel1, v: 1, c: 3, DistanceMetric.L1, tableBits: 5, seed: seed);
        var bounds = OverflowProof.Bounds(layer);
        var sums = new long[3];
        foreach (var s in Enumerable.Range(0, 6).OrderBy(_ => random.Next()))
        {
            var row = (s * 3 + random.Next(3)) * 3;
            for (var n = 0; n < 3; n++)
            {
                sums[n] += layer.Tables[row + n];
                Assert.InRange(sums[n], bounds[n].Lowest, bounds[n].Highest);
            }
        }
    });
}
