using LutDla.Hardware;

namespace LutDla.Mapping.Regression;

/// <summary>Bias, multiplier, shift and clamp, with all that rounding and saturation can meet (docs/arithmetic.md, section 5).</summary>
internal static class RandomRescale
{
    /// <summary>
    /// For each channel; every shift and the extremes of multipliers and biases come up where there are channels enough. Biases at
    /// both limits in turn go with the sums of <see cref="RandomTables"/>.
    /// </summary>
    public static (int Bias, int Multiplier, int Shift)[] Channels(Random random, int biasBits, int count)
    {
        var first = random.Next(RescaleFormat.MaximumShift + 1);
        var atLimit = random.OnceIn(4);
        int[] limits = [(int)BitWidth.SignedMinimum(biasBits), (int)BitWidth.SignedMaximum(biasBits)];
        return [.. Enumerable.Range(0, count).Select(channel =>
        {
            var (multiplier, shift) = Scale(random, (first + channel) % (RescaleFormat.MaximumShift + 1));
            var bias = atLimit ? limits[channel % limits.Length] : Bias(random, biasBits);
            return (bias, multiplier, shift);
        })];
    }

    /// <summary>The range of results: all there is, a ReLU, or any other, down to a single value.</summary>
    public static (int Minimum, int Maximum) Clamp(Random random, int bits)
    {
        var (lowest, highest) = ((int)BitWidth.SignedMinimum(bits), (int)BitWidth.SignedMaximum(bits));
        var (a, b) = (random.Between(lowest, highest), random.Between(lowest, highest));
        return random.Next(8) switch
        {
            0 => (0, highest),
            1 => (0, Math.Max(0, a)),
            2 => (Math.Min(a, b), Math.Max(a, b)),
            3 => (a, a),
            _ => (lowest, highest), // a narrow clamp hides what comes before it
        };
    }

    // Small factors keep results inside the clamp. With half of the divisor as a factor, every odd sum ends in a half.
    private static (int Multiplier, int Shift) Scale(Random random, int shift) => random.Next(6) switch
    {
        0 when shift is > 0 and <= RescaleFormat.MultiplierBits => (1 << (shift - 1), shift),
        1 => (random.One(0, 1, RescaleFormat.MaximumMultiplier), shift),
        2 => (random.Between(0, 2), 0),
        3 => (RescaleFormat.MaximumMultiplier, random.Between(0, 3)),
        4 => (random.Between(1 << 14, RescaleFormat.MaximumMultiplier), random.Between(15, 20)),
        _ => (random.Between(0, RescaleFormat.MaximumMultiplier), shift),
    };

    private static int Bias(Random random, int bits)
    {
        var (lowest, highest) = (BitWidth.SignedMinimum(bits), BitWidth.SignedMaximum(bits));
        return random.Next(8) switch
        {
            0 => (int)lowest,
            1 => (int)highest,
            2 => 0,
            3 => (int)Math.Clamp(random.Between(-3, 3), lowest, highest),
            _ => (int)random.NextInt64(lowest, highest + 1),
        };
    }
}
