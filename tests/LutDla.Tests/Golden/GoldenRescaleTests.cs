using CsCheck;
using LutDla.Golden.Reference;
using LutDla.Hardware;

namespace LutDla.Tests.Golden;

/// <summary>docs/arithmetic.md, section 5.</summary>
public sealed class GoldenRescaleTests
{
    [Theory]
    [InlineData(1, 1, 1)] // 0.5 -> 1
    [InlineData(-1, 1, -1)] // -0.5 -> -1
    [InlineData(-3, 1, -2)] // -1.5 -> -2
    [InlineData(3, 1, 2)]
    [InlineData(5, 2, 1)] // 1.25
    [InlineData(-5, 2, -1)]
    [InlineData(6, 2, 2)] // 1.5
    [InlineData(-6, 2, -2)]
    [InlineData(7, 0, 7)] // shift 0 has no half
    [InlineData(-7, 0, -7)]
    [InlineData(0, 31, 0)]
    [InlineData((1L << 30) - 1, 31, 0)]
    [InlineData(1L << 30, 31, 1)] // exactly a half at the largest shift
    [InlineData(-(1L << 30), 31, -1)]
    [InlineData((long)int.MaxValue * 65535, 31, 65535)]
    [InlineData((long)int.MinValue * 65535, 31, -65535)]
    public void Halves_round_away_from_zero(long value, int shift, long expected) =>
        Assert.Equal(expected, GoldenRescale.Round(value, shift));

    [Fact]
    public void Rounding_gives_the_nearest_integer_and_the_outer_one_of_two() =>
        Gen.Select(Gen.Long[-(1L << 50), 1L << 50], Gen.Int[0, RescaleFormat.MaximumShift]).Sample((value, shift) =>
        {
            var rounded = (Int128)GoldenRescale.Round(value, shift) << shift;
            var error = Int128.Abs(value - rounded);
            Assert.True(2 * error < Int128.One << shift || 2 * error == Int128.One << shift && Int128.Abs(rounded) > Math.Abs(value));
        });

    [Fact]
    public void Rounding_is_odd_symmetric() =>
        Gen.Select(Gen.Long[0, 1L << 50], Gen.Int[0, 31]).Sample((value, shift) =>
            Assert.Equal(GoldenRescale.Round(value, shift), -GoldenRescale.Round(-value, shift)));

    [Theory]
    [InlineData(1000, 1, 0, -128, 127, 127)]
    [InlineData(-1000, 1, 0, -128, 127, -128)]
    [InlineData(-1000, 1, 0, 0, 127, 0)] // a ReLU
    [InlineData(255, 1, 1, -128, 127, 127)] // rounds to 128 first, then clamps
    [InlineData(1000, 0, 0, -128, 127, 0)]
    public void The_clamp_comes_last(long sum, int multiplier, int shift, int minimum, int maximum, int expected) =>
        Assert.Equal(expected, GoldenRescale.Apply(sum, multiplier, shift, minimum, maximum));
}
