using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LutDla.Golden.Tokens;

/// <summary>
/// 2^x from additions and multiplications of double precision in one fixed order, so that every machine gives the same bits. Relative error
/// below 1e-11.
/// </summary>
public static class PowerOfTwo
{
    /// <summary>Beyond it, either way, x counts as this.</summary>
    private const double Largest = 1000;

    private const double NaturalLogarithm = 0.693147180559945309417;

    /// <summary>2^<paramref name="x"/>.</summary>
    public static double Of(double x) => Of(Vector512.Create(x))[0];

    /// <summary>The same for eight values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> x)
    {
        x = Vector512.Max(Vector512.Min(x, Vector512.Create(Largest)), Vector512.Create(-Largest));
        var whole = Vector512.Floor(x + Vector512.Create(0.5));
        var rest = (x - whole) * NaturalLogarithm;
        // The series of e^rest up to its ninth power, by Horner's rule.
        var sum = Vector512.Create(1.0 / 362880) * rest;
        sum = (sum + Vector512.Create(1.0 / 40320)) * rest;
        sum = (sum + Vector512.Create(1.0 / 5040)) * rest;
        sum = (sum + Vector512.Create(1.0 / 720)) * rest;
        sum = (sum + Vector512.Create(1.0 / 120)) * rest;
        sum = (sum + Vector512.Create(1.0 / 24)) * rest;
        sum = (sum + Vector512.Create(1.0 / 6)) * rest;
        sum = (sum + Vector512.Create(0.5)) * rest;
        sum = (sum + Vector512<double>.One) * rest + Vector512<double>.One;
        // The exponent lies in bits 52 to 62; it stays within its range by the limits of x.
        return Vector512.AsDouble(Vector512.AsInt64(sum) + (Vector512.ConvertToInt64(whole) << 52));
    }
}
