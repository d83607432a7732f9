using CsCheck;
using LutDla.Hardware;
using LutDla.Training.Formats;

namespace LutDla.Training.Tests;

public sealed class ScaleTests
{
    [Fact]
    public void A_rescale_factor_uses_all_bits_that_help() =>
        Gen.Double[1e-4, 60_000].Sample(ratio =>
        {
            var factor = RescaleFactor.From(ratio);
            Assert.InRange(factor.Multiplier, 0, RescaleFormat.MaximumMultiplier);
            Assert.InRange(factor.Shift, 0, RescaleFormat.MaximumShift);
            Assert.InRange(factor.Ratio / ratio, 1 - 2e-5, 1 + 2e-5);
        });

    [Theory]
    [InlineData(-1)]
    [InlineData(65_536)]
    [InlineData(double.NaN)]
    public void A_ratio_that_no_multiplier_reaches_is_refused(double ratio) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RescaleFactor.From(ratio));

    [Fact]
    public void Two_factors_share_their_shift()
    {
        var (a, b) = RescaleFactor.From(0.125, 0.7);
        Assert.Equal(a.Shift, b.Shift);
        Assert.Equal(0.125, a.Ratio, 1e-5);
        Assert.Equal(0.7, b.Ratio, 1e-5);
    }

    [Fact]
    public void An_outlier_is_clipped_where_the_rest_gains_by_it()
    {
        float[] values = [.. Enumerable.Range(0, 10_000).Select(i => i / 10_000f), 4];
        var scale = TensorScale.Fit(values, bits: 4, rectified: true);
        Assert.Equal((0, 7), (scale.Minimum, scale.Maximum));
        Assert.InRange(scale.Scale * 7, 0.9, 2);
    }
}
