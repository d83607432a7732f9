namespace LutDla.Hardware.Modules.Matching;

/// <summary>A signed number in more bits, or in as many.</summary>
public sealed record SignExtend(int FromBits, int ToBits) : Cell
{
    public override IReadOnlyList<StructureTerm> Structure => [];

    public override string Name => "sign_extend";

    public override IReadOnlyList<ModuleParameter> Parameters => [new(nameof(FromBits), FromBits), new(nameof(ToBits), ToBits)];
}
