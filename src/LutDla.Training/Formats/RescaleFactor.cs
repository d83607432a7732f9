using LutDla.Hardware;

namespace LutDla.Training.Formats;

/// <summary>A ratio as multiplier / 2^shift, as close as 16 bits allow (docs/arithmetic.md, section 5).</summary>
internal readonly record struct RescaleFactor(int Multiplier, int Shift)
{
    /// <summary>multiplier / 2^shift, exactly.</summary>
    public double Ratio => Math.ScaleB(Multiplier, -Shift);

    /// <exception cref="ArgumentOutOfRangeException">The ratio is negative or above the largest multiplier.</exception>
    public static RescaleFactor From(double ratio, int maximumShift = RescaleFormat.MaximumShift)
    {
        var shift = LargestShift(ratio, maximumShift);
        return new((int)Math.Round(Math.ScaleB(ratio, shift)), shift);
    }

    /// <summary>Two ratios over one shift.</summary>
    public static (RescaleFactor A, RescaleFactor B) From(double a, double b)
    {
        var shift = LargestShift(Math.Max(a, b));
        return (new((int)Math.Round(Math.ScaleB(a, shift)), shift), new((int)Math.Round(Math.ScaleB(b, shift)), shift));
    }

    private static int LargestShift(double ratio, int maximumShift = RescaleFormat.MaximumShift)
    {
        if (!(ratio >= 0 && ratio <= RescaleFormat.MaximumMultiplier))
            throw new ArgumentOutOfRangeException(nameof(ratio), ratio, $"It must be 0 to {RescaleFormat.MaximumMultiplier}.");
        var shift = maximumShift;
        while (shift > 0 && Math.Round(Math.ScaleB(ratio, shift)) > RescaleFormat.MaximumMultiplier) shift--;
        return shift;
    }
}
