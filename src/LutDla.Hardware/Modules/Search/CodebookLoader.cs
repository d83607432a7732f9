using LutDla.Hardware.Modules.Streams;

namespace LutDla.Hardware.Modules.Search;

/// <summary>Takes the codebooks of a group, one centroid of every parallel subspace a beat.</summary>
public sealed record CodebookLoader(int Entries, int Width) : Cell
{
    public int EntryBits => BitWidth.ForIndex(Entries);

    public override IReadOnlyList<StructureTerm> Structure => [new("width", Width), new("entry", EntryBits)];

    public override string Name => "codebook_loader";

    public override IReadOnlyList<ModuleParameter> Parameters =>
        [new(nameof(Entries), Entries), new(nameof(Width), Width), new(nameof(EntryBits), EntryBits)];

    public override IReadOnlyList<Child> Children => [new("u_entry", new Counter(EntryBits)), new("u_gate", new LoadGate())];
}
