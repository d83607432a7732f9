namespace LutDla.Hardware.Modules.Storage;

/// <summary>A clock gate; a flow puts its technology's cell in the place of its latch and gate.</summary>
public sealed record ClockGate : Cell
{
    public override IReadOnlyList<StructureTerm> Structure => [new("gates", 1)];

    public override string Name => "clock_gate";

    public override IReadOnlyList<ModuleParameter> Parameters => [];

    public override IReadOnlyList<Child> Children => [new("u_enable", new Latch(1))];
}
