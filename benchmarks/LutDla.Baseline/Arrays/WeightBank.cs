using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Baseline.Arrays;

/// <summary>Weights that are all on the outputs at once: chunks of them are written to a shadow while an active copy is used.</summary>
/// <param name="Style"><see cref="MemoryStyle.Latch"/> or <see cref="MemoryStyle.FlipFlop"/>.</param>
/// <param name="Chunks">Parts in which the shadow is written.</param>
/// <param name="ChunkBits">Bits of a part.</param>
public sealed record WeightBank(MemoryStyle Style, int Chunks, int ChunkBits) : Module
{
    public override string Name => Style == MemoryStyle.Latch ? "weight_bank_latch" : "weight_bank_flip_flop";

    public override string Template => $"baseline/lutdla_{Name}.v";

    public override IReadOnlyList<ModuleParameter> Parameters => [new(nameof(Chunks), Chunks), new(nameof(ChunkBits), ChunkBits)];

    public override IReadOnlyList<StructureTerm> Structure => [new("bits", 2 * Chunks * ChunkBits), new("chunks", Chunks)];

    public override IReadOnlyList<Child> Children => Style == MemoryStyle.Latch
        ?
        [
            new("gen_chunk[*].u_shadow", new Latch(ChunkBits), Chunks), new("gen_chunk[*].u_copy", new ClockGate(), Chunks),
            new("gen_chunk[*].u_active", new Latch(ChunkBits), Chunks),
        ]
        : [];
}
