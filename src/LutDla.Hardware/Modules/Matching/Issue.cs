namespace LutDla.Hardware.Modules.Matching;

/// <summary>Decides when an index beat becomes lookups and steers the scratchpad buffers.</summary>
/// <param name="AdderStages">Cycles that a lookup spends in the adder tree.</param>
public sealed record Issue(int Buffers, int BlockBits, int AdderStages) : Module
{
    public override string Name => "issue";

    public override string Template => "core/issue.v.scriban";
}
