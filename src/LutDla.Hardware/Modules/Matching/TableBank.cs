using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Hardware.Modules.Matching;

/// <summary>The table of one subspace in flip-flops or latches, double-buffered; several rows are looked up at once.</summary>
/// <param name="Words">Entries: a row of the table each.</param>
/// <param name="Chunks">Parts in which a row is loaded.</param>
/// <param name="ChunkBits">Bits of a part.</param>
/// <param name="Reads">Rows that are looked up at once.</param>
public sealed record TableBank(MemoryStyle Style, int Words, int Chunks, int ChunkBits, int Reads)
    : MemoryModule(MemoryRole.Tables, Style, Words, Chunks * ChunkBits)
{
    public int IndexBits => BitWidth.ForIndex(Words);

    public override IReadOnlyList<StructureTerm> Structure => Style == MemoryStyle.Latch
        ? [new("word gates", Words * Chunks), new("fan-out", Words * WordBits)]
        : [new("bits", Bits), new("word enables", Words * Chunks), new("word width", ChunkBits)];

    public override string Name => $"table_bank_{StyleName}";

    public override int Buffers => 2;

    public override int ReadPorts => Reads;

    public override int ReadLatency => 1;

    public override int WriteBits => ChunkBits;

    public override IReadOnlyList<ModuleParameter> Parameters =>
    [
        new("Entries", Words), new(nameof(IndexBits), IndexBits),
        new(nameof(Chunks), Chunks), new(nameof(ChunkBits), ChunkBits), new(nameof(Reads), Reads),
    ];

    public override IReadOnlyList<Child> Children =>
        [.. Style == MemoryStyle.Latch ? Latches : [], new("gen_read[*].u_read", new OneHotRead(Words, WordBits), Reads)];

    private Child[] Latches =>
    [
        new("gen_entry[*].u_copy", new ClockGate(), Words),
        new("gen_entry[*].gen_chunk[*].u_shadow", new Latch(ChunkBits), Words * Chunks),
        new("gen_entry[*].gen_chunk[*].u_active", new Latch(ChunkBits), Words * Chunks),
    ];
}
