namespace LutDla.Hardware;

/// <summary>
/// Number formats of the rescale step y = clamp(round((accumulator + bias) · multiplier / 2^shift)), rounding half away from
/// zero. One home for the limits that artefacts, golden model and RTL share (docs/arithmetic.md, section 5).
/// </summary>
public static class RescaleFormat
{
    /// <summary>Bits of the unsigned multiplier of a channel.</summary>
    public const int MultiplierBits = 16;

    /// <summary>Bits of the unsigned shift of a channel.</summary>
    public const int ShiftBits = 5;

    /// <summary>The largest multiplier.</summary>
    public const int MaximumMultiplier = (1 << MultiplierBits) - 1;

    /// <summary>The largest shift, in bits.</summary>
    public const int MaximumShift = (1 << ShiftBits) - 1;
}
