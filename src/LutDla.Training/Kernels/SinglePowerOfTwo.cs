using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LutDla.Training.Kernels;

/// <summary>2^x in single precision, relative error below 1e-6, for training; what the golden model computes is <see cref="Golden.PowerOfTwo"/>.</summary>
internal static class SinglePowerOfTwo
{
    /// <summary>Below it, x counts as this.</summary>
    private const float Smallest = -126;

    private const int FractionBits = 23;

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
}
