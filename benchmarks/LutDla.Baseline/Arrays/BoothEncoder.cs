using LutDla.Hardware.Modules;

namespace LutDla.Baseline.Arrays;

/// <summary>
/// Radix-4 Booth digits of weights, three lines a digit. One serves all units that have the same weights, so that what a digit costs to
/// recognise is shared.
/// </summary>
public sealed record BoothEncoder(int Weights, int Bits) : Module
{
    /// <summary>Lines of a digit.</summary>
    public const int DigitBits = 3;

    public int Digits => Bits / 2;

    public override string Name => "booth_encoder";

    public override string Template => "baseline/lutdla_booth_encoder.v";

    public override IReadOnlyList<ModuleParameter> Parameters => [new(nameof(Weights), Weights), new(nameof(Bits), Bits)];

    public override IReadOnlyList<StructureTerm> Structure => [new("digits", Weights * Digits)];
}
