namespace LutDla.Hardware.Modules.Streams;

/// <summary>Counts from 0 to a last value and around.</summary>
public sealed record Counter(int Bits) : Cell
{
    public override IReadOnlyList<StructureTerm> Structure => [new("bits", Bits)];

    public override string Name => "counter";

    public override IReadOnlyList<ModuleParameter> Parameters => [new(nameof(Bits), Bits)];
}
