namespace LutDla.Hardware.Modules.Storage;

/// <summary>A row of latches; every latch of a design is in one.</summary>
public sealed record Latch(int Width) : Cell
{
    public override IReadOnlyList<StructureTerm> Structure => [new("latches", Width)];

    public override string Name => "latch_row";

    public override IReadOnlyList<ModuleParameter> Parameters => [new(nameof(Width), Width)];
}
