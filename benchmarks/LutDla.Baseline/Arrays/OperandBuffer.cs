using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Storage;
using LutDla.Hardware.Modules.Streams;

namespace LutDla.Baseline.Arrays;

/// <summary>Keeps the words of a pass and reads them again and again; what is read for the last time makes room for the next.</summary>
/// <param name="Chunks">Beats in which a word comes, each with a memory of its own.</param>
/// <param name="ChunkBits">Bits of a beat.</param>
/// <param name="StepBits">Bits of the number of a word in its pass.</param>
public sealed record OperandBuffer(MemoryStyle Style, int Words, int Chunks, int ChunkBits, int StepBits) : Module
{
    public Memory Memory => new(MemoryRole.Tables, Style, Words, ChunkBits);

    public int WordBits => Chunks * ChunkBits;

    public int LastAddress => Words - 1;

    /// <summary>Bits that count from none to all words.</summary>
    public int CountBits => BitWidth.ForMaximum(Words);

    public override string Name => "operand_buffer";

    public override string Template => "baseline/operand_buffer.v.scriban";

    public override IReadOnlyList<StructureTerm> Structure =>
        [new("counters", CountBits), new("addresses", Memory.AddressBits), new("chunks", Chunks)];

    public override IReadOnlyList<Child> Children =>
        [new("u_step", new Counter(StepBits)), new("gen_chunk[*].u_memory", Memory, Chunks)];
}
