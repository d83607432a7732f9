using LutDla.Mapping;
using LutDla.Mapping.Regression.Bins;

namespace LutDla.Rtl.Cosimulation.Regression;

/// <summary>What a seed of a regression gave.</summary>
/// <param name="Layers">Their shapes, in order.</param>
/// <param name="Transfers">Index and result beats compared, those before a reset included.</param>
/// <param name="Cycles">Simulated, those before a reset included.</param>
/// <param name="Problem">What is wrong first; nothing if all is as it should be.</param>
public sealed record SeedResult(
    int Seed, string Design, IReadOnlyList<LayerShape> Layers, RunConditions Conditions, long Transfers, long Cycles,
    TimeSpan RunTime, string? Problem)
{
    /// <summary>What the seed met; empty where it failed.</summary>
    internal BinCounts Bins { get; init; } = new();
}
