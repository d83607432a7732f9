namespace LutDla.Hardware.Modules.Matching;

/// <summary>Decides when an index beat becomes lookups and steers the scratchpad buffers.</summary>
/// <param name="AdderStages">Cycles that a lookup spends in the adder tree.</param>
public sealed record Issue(int Buffers, int BlockBits, int AdderStages) : Module
{
    public override IReadOnlyList<StructureTerm> Structure => 
    [
        new("stages", AdderStages * (BlockBits + Buffers + 2)), new("block", BlockBits), new("buffers", Buffers),
        new("addresses", Buffers * BlockBits),
    ];

    public override string Name => "issue";

    public override string Template => "core/issue.v.scriban";
}
