using LutDla.Hardware.Configuration;

namespace LutDla.Hardware.Modules.Storage;

/// <summary>The centroids of one subspace, double-buffered, all on the outputs at once.</summary>
/// <param name="Words">Centroids.</param>
/// <param name="WordBits">Bits of a centroid.</param>
public sealed record Codebook(MemoryStyle Style, int Words, int WordBits) : MemoryModule(MemoryRole.Codebooks, Style, Words, WordBits)
{
    public int EntryBits => BitWidth.ForIndex(Words);

    public override IReadOnlyList<StructureTerm> Structure => Style == MemoryStyle.Latch
        ? [new("word gates", Words), new("fan-out", Words * WordBits)]
        : [new("bits", Bits), new("word enables", Words), new("word width", WordBits)];

    public override string Name => $"codebook_{StyleName}";

    public override int Buffers => 2;

    public override int ReadPorts => Words;

    public override int ReadLatency => 0;

    public override IReadOnlyList<ModuleParameter> Parameters =>
        [new("Entries", Words), new(nameof(EntryBits), EntryBits), new("Width", WordBits)];

    public override IReadOnlyList<Child> Children => Style == MemoryStyle.Latch
        ?
        [
            new("gen_entry[*].u_shadow", new Latch(WordBits), Words),
            new("gen_entry[*].u_copy", new ClockGate(), Words),
            new("gen_entry[*].u_active", new Latch(WordBits), Words),
        ]
        : [];
}
