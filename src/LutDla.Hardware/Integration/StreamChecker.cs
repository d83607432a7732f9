using LutDla.Hardware.Modules;

namespace LutDla.Hardware.Integration;

/// <summary>For simulation: listens to all streams of a core and says which of the <see cref="UseRules"/> its user broke.</summary>
public sealed record StreamChecker(Core Core) : Module
{
    /// <summary>In the line that tells a broken rule, and in no other that a simulation prints.</summary>
    public const string Broken = "is broken.";

    // What a user may need to make up his mind, on top of what the core itself is busy with.
    private const int UserCycles = 1000;

    public IReadOnlyList<UseRule> Rules => UseRules.All;

    public string BrokenText => Broken;

    public int RuleBits => BitWidth.ForMaximum(UseRules.All.Count);

    public int ResetEdges => UseRules.ResetEdges;

    /// <summary>
    /// Cycles without any transfer after which a missing one is told. A core is busy by itself for as long as the lookups of a group
    /// take, two cycles a block at most, and for the way through its pipelines.
    /// </summary>
    public int Patience => UserCycles + 2 * Blocks + Core.SearchLatency + Core.AccumulateLatency + Core.RescaleLatency;

    /// <summary>Of the largest tile.</summary>
    public int Blocks => Core.Matching.Blocks;

    /// <summary>Streams that the user offers on.</summary>
    public IReadOnlyList<CoreStream> Inputs => [.. Core.Streams.All.Where(s => s.IsInput)];

    public override IReadOnlyList<StructureTerm> Structure => [];

    public override string Name => "checker";

    public override string Template => "checker/checker.v.scriban";
}
