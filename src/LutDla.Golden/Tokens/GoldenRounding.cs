using System.Runtime.Intrinsics;
using LutDla.Golden.Model;

namespace LutDla.Golden.Tokens;

/// <summary>From values in double precision to activations: the rounding of docs/arithmetic.md, sections 5 and 7.</summary>
public static class GoldenRounding
{
    /// <summary>The nearest whole number, halves away from zero.</summary>
    public static double Nearest(double value) => value < 0 ? -Math.Floor(0.5 - value) : Math.Floor(value + 0.5);

    /// <summary>clamp(round(sum · multiplier / count / 2^shift)), in this order.</summary>
    public static int Quotient(long sum, long count, TensorRescale rescale) => (int)Math.Clamp(
        Nearest((double)sum * rescale.Multiplier / count * Unit(rescale.Shift)), rescale.OutputMinimum, rescale.OutputMaximum);

    /// <summary>clamp(round(value · multiplier / 2^shift)).</summary>
    internal static Vector512<double> Apply(Vector512<double> values, TensorRescale rescale)
    {
        var scaled = values * rescale.Multiplier * Unit(rescale.Shift);
        var magnitude = Vector512.Floor(Vector512.Abs(scaled) + Vector512.Create(0.5));
        var signed = Vector512.ConditionalSelect(Vector512.LessThan(scaled, Vector512<double>.Zero), -magnitude, magnitude);
        return Vector512.Min(
            Vector512.Max(signed, Vector512.Create((double)rescale.OutputMinimum)), Vector512.Create((double)rescale.OutputMaximum));
    }

    /// <summary>2^-shift: a product with it is exact.</summary>
    internal static double Unit(int shift) => Math.ScaleB(1, -shift);
}
