using LutDla.Hardware;
using LutDla.Mapping.Regression.Bins;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;

namespace LutDla.Rtl.Cosimulation.Regression;

/// <summary>What happens around a core, and what it has under way at once.</summary>
public static class ConditionBins
{
    private static readonly Bin OneLayer = new("a single layer");
    private static readonly Bin SeveralLayers = new("several layers without a reset between");
    private static readonly Bin NoStalls = new("nothing stalls, and every cycle is as scheduled");
    private static readonly Bin EvenStalls = new("all streams stall alike");
    private static readonly Bin UnevenStalls = new("some streams stall more than others");
    private static readonly Bin Probed = new("handshakes are probed in every cycle");
    private static readonly Bin EarlyReset = new("a reset before the first result");
    private static readonly Bin ResetAmongResults = new("a reset among results");
    private static readonly Bin ResetWhenDone = new("a reset after the last result");
    private static readonly Bin BothBuffers = new(
        "a scratchpad buffer fills while the other one drains", core => core.ScratchpadBuffers > 1 ? null : "there is one buffer");

    public static IReadOnlyList<Bin> All { get; } =
        [OneLayer, SeveralLayers, NoStalls, EvenStalls, UnevenStalls, Probed, EarlyReset, ResetAmongResults, ResetWhenDone, BothBuffers];

    public static void Count(Core core, LayerSequence sequence, RunConditions conditions, SimulationRun run, BinCounts counts)
    {
        counts.Add(OneLayer, sequence.Layers.Count == 1);
        counts.Add(SeveralLayers, sequence.Layers.Count > 1);
        counts.Add(NoStalls, conditions.Stalls.NeverStalls);
        counts.Add(EvenStalls, !conditions.Stalls.NeverStalls && conditions.Stalls.SpreadCycles == 0);
        counts.Add(UnevenStalls, !conditions.Stalls.NeverStalls && conditions.Stalls.SpreadCycles > 0);
        counts.Add(Probed, conditions.ProbeHandshake);
        if (run.BeforeReset is { } before)
        {
            var results = before[core.Streams.Result.Name].Count;
            counts.Add(EarlyReset, results == 0);
            counts.Add(ResetAmongResults, results > 0 && results < sequence.ResultBeats);
            counts.Add(ResetWhenDone, results == sequence.ResultBeats);
        }

        if (!conditions.Stalls.NeverStalls)
            return;
        PassTiming[] timings = [.. CycleModel.Run(core, sequence.Passes)];
        foreach (var (one, next) in timings.Zip(timings.Skip(1)))
            counts.Add(BothBuffers, next.FirstLookup <= one.LastResult - core.RescaleLatency);
    }
}
