using LutDla.Hardware.Modules;

namespace LutDla.Baseline.Arrays;

/// <summary>Sum and carry of three bits; synthesis puts the library's cell in this module's place.</summary>
public sealed record FullAdder : Module
{
    public override string Name => "full_adder";

    public override string Template => "baseline/lutdla_full_adder.v";

    public override IReadOnlyList<StructureTerm> Structure => [new("adders", 1)];
}
