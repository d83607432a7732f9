using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Hardware.Modules.Matching;

/// <summary>The table of one subspace as ping-pong halves of RAM: a RAM for each read port and each part of a row.</summary>
/// <param name="Chunks">Parts in which a row is loaded.</param>
/// <param name="ChunkBits">Bits of a part.</param>
/// <param name="Reads">Rows that are looked up at once.</param>
public sealed record RamTableBank(MemoryStyle Style, int IndexBits, int Chunks, int ChunkBits, int Reads) : Module
{
    /// <summary>A half has 2^<see cref="IndexBits"/> rows, so that the half is the top address bit.</summary>
    public Memory Memory => new(MemoryRole.Tables, Style, 2 << IndexBits, ChunkBits);

    public override IReadOnlyList<StructureTerm> Structure => [new("half", 1)];

    public override string Name => $"table_bank_{RecordShape.Word(Style)}";

    public override string Template => "imm/table_bank_ram.v.scriban";

    public override IReadOnlyList<ModuleParameter> Parameters =>
        [new(nameof(IndexBits), IndexBits), new(nameof(Chunks), Chunks), new(nameof(ChunkBits), ChunkBits), new(nameof(Reads), Reads)];

    public override IReadOnlyList<Child> Children => [new("gen_read[*].gen_chunk[*].u_memory", Memory, Reads * Chunks)];
}
