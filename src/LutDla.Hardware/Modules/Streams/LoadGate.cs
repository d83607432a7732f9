namespace LutDla.Hardware.Modules.Streams;

/// <summary>Closes a double-buffered memory to its load stream between the last beat and the swap.</summary>
public sealed record LoadGate : Cell
{
    public override IReadOnlyList<StructureTerm> Structure => [new("flags", 2)];

    public override string Name => "load_gate";

    public override IReadOnlyList<ModuleParameter> Parameters => [];
}
