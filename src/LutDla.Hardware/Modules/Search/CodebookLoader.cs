using LutDla.Hardware.Modules.Streams;

namespace LutDla.Hardware.Modules.Search;

/// <summary>Takes the codebooks of a group, one centroid of every parallel subspace a beat.</summary>
public sealed record CodebookLoader(int Entries, int Width) : Cell
{
    public int LastEntry => Entries - 1;

    public int EntryBits => BitWidth.ForIndex(Entries);

    public override string Name => "codebook_loader";

    public override IReadOnlyList<ModuleParameter> Parameters =>
        [new(nameof(LastEntry), LastEntry), new(nameof(EntryBits), EntryBits), new(nameof(Width), Width)];

    public override IReadOnlyList<Child> Children => [new("u_entry", new Counter(EntryBits)), new("u_gate", new LoadGate())];
}
