using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Streams;

namespace LutDla.Baseline.Arrays;

/// <summary>Counts the beats of activations that come once more for each pass, and keeps none.</summary>
public sealed record OperandFeed(int BeatBits, int BlockBits, int GroupBits) : Module
{
    public override string Name => "operand_feed";

    public override string Template => "baseline/lutdla_operand_feed.v";

    public override IReadOnlyList<ModuleParameter> Parameters =>
        [new(nameof(BeatBits), BeatBits), new(nameof(BlockBits), BlockBits), new(nameof(GroupBits), GroupBits)];

    public override IReadOnlyList<StructureTerm> Structure => [new("counters", BlockBits + GroupBits)];

    public override IReadOnlyList<Child> Children => [new("u_block", new Counter(BlockBits)), new("u_group", new Counter(GroupBits))];
}
