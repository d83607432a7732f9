namespace LutDla.Golden;

/// <summary>From values in double precision to activations: the rounding of docs/arithmetic.md, sections 5 and 7.</summary>
public static class GoldenRounding
{
    /// <summary>The nearest whole number, halves away from zero.</summary>
    public static double Nearest(double value) => value < 0 ? -Math.Floor(0.5 - value) : Math.Floor(value + 0.5);

    /// <summary>clamp(round(value · multiplier / 2^shift)).</summary>
    public static int Apply(double value, TensorRescale rescale) =>
        (int)Math.Clamp(Nearest(Math.ScaleB(value * rescale.Multiplier, -rescale.Shift)), rescale.OutputMinimum, rescale.OutputMaximum);

    /// <summary>clamp(round(sum · multiplier / count / 2^shift)), in this order.</summary>
    public static int Quotient(long sum, long count, TensorRescale rescale) => (int)Math.Clamp(
        Nearest(Math.ScaleB((double)sum * rescale.Multiplier / count, -rescale.Shift)), rescale.OutputMinimum, rescale.OutputMaximum);
}
