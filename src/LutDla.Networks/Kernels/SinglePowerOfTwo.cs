using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LutDla.Networks.Kernels;

/// <summary>
/// 2^x in single precision, relative error below 1e-6, for training; what the golden model computes is
/// <see cref="Golden.Tokens.PowerOfTwo"/>.
/// </summary>
internal static class SinglePowerOfTwo
{
    /// <summary>Below it, x counts as this.</summary>
    private const float Smallest = -126;

    /// <summary>
    /// The same where it need not be exact: small enough to count for nothing beside 1, and products with it stay normal numbers, which are
    /// fast.
    /// </summary>
    private const float RoughlySmallest = -60;

    private const int FractionBits = 23;

    /// <summary>1.5 · 2^23: a small number added to it loses its fraction, and leaves its whole part in the lowest bits.</summary>
    private const float Rounder = 12_582_912;

    /// <param name="x">At most 127.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x)
    {
        x = Vector512.MaxNative(x, Vector512.Create(Smallest));
        var whole = Vector512.Floor(x + Vector512.Create(0.5f));
        var rest = (x - whole) * 0.693147181f;
        // The series of e^rest up to its sixth power, by Horner's rule.
        var sum = Vector512.Create(1f / 720);
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1f / 120));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1f / 24));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1f / 6));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(0.5f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512<float>.One);
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512<float>.One);
        return (sum.AsInt32() + (Vector512.ConvertToInt32Native(whole) << FractionBits)).AsSingle();
    }

    /// <summary>Relative error below 1e-4 from x = -60 on, in less than two thirds of the operations; below, x counts as -60.</summary>
    /// <param name="x">At most 127.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Roughly(Vector512<float> x)
    {
        x = Vector512.MaxNative(x, Vector512.Create(RoughlySmallest));
        var shifted = x + Vector512.Create(Rounder);
        var rest = x - (shifted - Vector512.Create(Rounder));
        // The series of 2^rest up to its fourth power: ln(2)^k / k!.
        var sum = Vector512.Create(0.00961812911f);
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(0.0555041087f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(0.240226507f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(0.693147181f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512<float>.One);
        return (sum.AsInt32() + (shifted.AsInt32() << FractionBits)).AsSingle();
    }
}
