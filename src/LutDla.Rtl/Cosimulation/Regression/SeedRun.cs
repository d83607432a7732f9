using LutDla.Hardware;
using LutDla.Mapping.Regression;
using LutDla.Mapping.Regression.Bins;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;

namespace LutDla.Rtl.Cosimulation.Regression;

/// <summary>
/// Runs what a seed draws through a core: several random layers back to back, under random conditions. Every index and result is
/// compared, and without stalls every cycle. The same seed is the same run.
/// </summary>
public sealed class SeedRun(Core core, StreamSimulator simulator)
{
    // A stream that nearly always stalls takes some twenty times as long, and several may take turns.
    private const int BudgetFactor = 100;
    private const int BudgetCycles = 1000;

    /// <summary>For every run.</summary>
    public IReadOnlyList<string> PlusArguments { get; init; } = [];

    /// <param name="seed">From 0.</param>
    /// <param name="coverageFile">See <see cref="SimulationRequest.CoverageFile"/>.</param>
    public async Task<SeedResult> RunAsync(int seed, string? coverageFile = null, CancellationToken cancellation = default)
    {
        var sequence = new LayerSequence(core, RandomSession.Of(core, seed));
        var scheduled = CycleModel.Run(core, sequence.Passes)[^1].LastResult;
        var conditions = RunConditions.Of(seed, scheduled);
        var request = Request(sequence, conditions, BudgetCycles + BudgetFactor * scheduled) with { CoverageFile = coverageFile };
        SimulationRun run;
        string? problem;
        try
        {
            run = await simulator.RunAsync(request, cancellation);
            problem = Problem(sequence, conditions, run);
        }
        catch (SimulationFailedException e)
        {
            run = e.Partial;
            problem = $"{e.Message}. {Problem(sequence, conditions, run)}".TrimEnd();
        }

        return new SeedResult(
            seed, core.Name, [.. sequence.Layers.Select(l => l.Shape)], conditions,
            Transfers(run), run.Cycles + (run.BeforeReset?.Cycles ?? 0), run.RunTime, problem)
        {
            Bins = problem is null ? Bins(sequence, conditions, run) : new BinCounts(),
        };
    }

    private SimulationRequest Request(LayerSequence sequence, RunConditions conditions, long cycleBudget) => new()
    {
        Stimuli = sequence.ByName(),
        Expected = new Dictionary<string, long> { [core.Streams.Result.Name] = sequence.ResultBeats },
        CycleBudget = cycleBudget,
        DrainCycles = NetworkCosimulation.DrainCycles,
        Stalls = conditions.Stalls,
        ResetAt = conditions.ResetAt,
        ProbeHandshake = conditions.ProbeHandshake,
        PowerUpSeed = conditions.PowerUpSeed,
        PlusArguments = PlusArguments,
    };

    private string? Problem(LayerSequence sequence, RunConditions conditions, SimulationRun run)
    {
        var comparison = new SequenceComparison(core, sequence);
        if (run.BeforeReset is { } before && comparison.FirstMismatch(before) is { } early)
            return $"Before the reset in cycle {before.Cycles}: {early}";
        var after = run.BeforeReset is null ? "" : "After the reset: ";
        if (comparison.FirstMismatch(run) is { } mismatch)
            return $"{after}{mismatch}";
        return conditions.Stalls.NeverStalls && comparison.FirstOffSchedule(run) is { } late ? $"{after}{late}" : null;
    }

    private long Transfers(SimulationRun run)
    {
        string[] compared = [core.Streams.Index.Name, core.Streams.Result.Name];
        return compared.Sum(name => (long)run[name].Count + (run.BeforeReset?[name].Count ?? 0));
    }

    private BinCounts Bins(LayerSequence sequence, RunConditions conditions, SimulationRun run)
    {
        var counts = new BinCounts();
        foreach (var (layer, streams) in sequence.Layers.Zip(sequence.Streams))
        {
            SearchBins.Count(core, layer, counts);
            SumBins.Count(core, layer, counts);
            ScheduleBins.Count(core, layer.Shape, streams.Passes, counts);
        }

        ConditionBins.Count(core, sequence, conditions, run, counts);
        return counts;
    }
}
