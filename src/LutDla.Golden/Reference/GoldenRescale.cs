namespace LutDla.Golden.Reference;

/// <summary>From wide sums to activations (docs/arithmetic.md, section 5).</summary>
public static class GoldenRescale
{
    /// <summary>clamp(round(<paramref name="sum"/> · multiplier / 2^shift)).</summary>
    public static int Apply(long sum, int multiplier, int shift, int minimum, int maximum) =>
        (int)Math.Clamp(Round(sum * multiplier, shift), minimum, maximum);

    /// <summary><paramref name="value"/> / 2^shift to the nearest integer, halves away from zero.</summary>
    public static long Round(long value, int shift)
    {
        var half = shift == 0 ? 0 : 1L << (shift - 1);
        var magnitude = (Math.Abs(value) + half) >> shift;
        return value < 0 ? -magnitude : magnitude;
    }
}
