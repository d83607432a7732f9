using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LutDla.Golden.Fast;

/// <summary>Shift right with halves away from zero, then clamps (docs/arithmetic.md, section 5), for 16 values of 32 bits.</summary>
internal readonly struct RoundedShift
{
    private readonly Vector512<int> _minimum;
    private readonly Vector512<int> _maximum;
    private readonly int _shift;
    private readonly bool _correctsNegative;

    public RoundedShift(int shift, int minimum, int maximum)
    {
        _shift = shift;
        HalfLanes = Vector512.Create((int)Half(shift));
        // Halves away from zero: a negative number is rounded as if it were a little lower. Where it is clamped to 0 anyway, and where
        // nothing is rounded, that is spared.
        _correctsNegative = shift > 0 && minimum < 0;
        (_minimum, _maximum) = (Vector512.Create(minimum), Vector512.Create(maximum));
    }

    /// <summary>What the caller adds to its values before <see cref="Apply"/>, so that it may add it to another constant.</summary>
    public Vector512<int> HalfLanes { get; }

    /// <summary>Half of what one step of the result is worth.</summary>
    public static long Half(int shift) => shift == 0 ? 0 : 1L << (shift - 1);

    /// <param name="values">With <see cref="HalfLanes"/> added, within 32 bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> Apply(Vector512<int> values)
    {
        var corrected = _correctsNegative ? unchecked(values + Vector512.LessThan(values, HalfLanes)) : values;
        return Vector512.Min(Vector512.Max(corrected >> _shift, _minimum), _maximum);
    }
}
