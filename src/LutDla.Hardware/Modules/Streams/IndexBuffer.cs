using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Hardware.Modules.Streams;

/// <summary>Keeps the index beats of a tile and reads them once for each set of columns.</summary>
public sealed record IndexBuffer(MemoryStyle Style, int Beats, int BeatBits, int BlockBits, int GroupBits) : Module
{
    public Memory Memory => new(MemoryRole.IndexBuffer, Style, Beats, BeatBits);

    public int LastAddress => Beats - 1;

    /// <summary>Bits that count from none to all beats.</summary>
    public int CountBits => BitWidth.ForMaximum(Beats);

    public override IReadOnlyList<StructureTerm> Structure =>
        [new("counters", CountBits), new("addresses", Memory.AddressBits), new("block", BlockBits), new("group", GroupBits)];

    public override string Name => "index_buffer";

    public override string Template => "core/index_buffer.v.scriban";

    public override IReadOnlyList<Child> Children =>
        [new("u_block", new Counter(BlockBits)), new("u_group", new Counter(GroupBits)), new("u_beats", Memory)];
}
