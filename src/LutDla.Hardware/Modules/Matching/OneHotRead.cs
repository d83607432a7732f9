namespace LutDla.Hardware.Modules.Matching;

/// <summary>A read port on a set of rows: a registered one-hot select, then AND-OR.</summary>
public sealed record OneHotRead(int Entries, int RowBits) : Cell
{
    public int IndexBits => BitWidth.ForIndex(Entries);

    public override IReadOnlyList<StructureTerm> Structure => 
    [
        new("gates", Entries * RowBits), new("merges", (Entries - 1) * RowBits), new("select", Entries),
        new("fan-out", Entries * (RowBits / 16)), new("row", RowBits),
    ];

    public override string Name => "one_hot_read";

    public override IReadOnlyList<ModuleParameter> Parameters =>
        [new(nameof(Entries), Entries), new(nameof(IndexBits), IndexBits), new(nameof(RowBits), RowBits)];
}
