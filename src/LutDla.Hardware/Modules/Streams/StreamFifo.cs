namespace LutDla.Hardware.Modules.Streams;

/// <summary>A FIFO of registers; an entry pushed in one cycle is offered in the next.</summary>
public sealed record StreamFifo(int Width, int Depth) : Cell
{
    public override IReadOnlyList<StructureTerm> Structure => [new("bits", Width * Depth)];

    public override string Name => "stream_fifo";

    public override IReadOnlyList<ModuleParameter> Parameters => [new(nameof(Width), Width), new(nameof(Depth), Depth)];
}
