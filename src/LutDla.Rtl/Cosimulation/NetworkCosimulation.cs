using LutDla.Hardware;
using LutDla.Mapping;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Tools;

namespace LutDla.Rtl.Cosimulation;

/// <summary>
/// Runs LUT layers through the RTL core, tile by tile as the schedule says; every index and every result is compared with the golden
/// model, every output of a layer exactly once.
/// </summary>
public sealed class NetworkCosimulation(Core core, StreamSimulator simulator)
{
    // A hang ends here: more than any legal stall pattern can cost, on top of the cycles that the schedule needs.
    private const int BudgetFactor = 40;
    private const int BudgetCycles = 1000;

    // Long enough for what a fault may still push out.
    internal const int DrainCycles = 64;

    public required StallPattern Stalls { get; init; }

    /// <summary>Of what registers and memories hold before anything is written to them.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>See <see cref="SimulationRequest.ProbeHandshake"/>.</summary>
    public bool ProbeHandshake { get; init; }

    /// <param name="trace">Where a waveform of the first difference goes; nothing writes none.</param>
    public Task<LayerResult> RunAsync(LayerData layer, string? trace, CancellationToken cancellation = default) =>
        RunAsync(layer, new LayerStreams(core, layer), trace, cancellation);

    /// <summary>Writes what the ports do in the first cycles of a layer, without stalls, as a waveform (VCD).</summary>
    /// <param name="cycles">At most so many; fewer if the layer is done before.</param>
    /// <exception cref="ToolException">The run failed.</exception>
    public async Task TracePortsAsync(LayerData layer, long cycles, string vcdFile, CancellationToken cancellation = default)
    {
        var streams = new LayerStreams(core, layer);
        var request = Request(core, streams, BudgetCycles + BudgetFactor * CycleModel.Run(core, streams.Passes)[^1].LastResult) with
        {
            DrainCycles = 0,
        };
        var window = new TraceWindow(0, cycles - 1);
        if (await simulator.TraceAsync(request, window, vcdFile, Tracing.Ports, cancellation) is { } failure)
            throw new ToolException($"{layer.Name}: {failure}");
    }

    /// <param name="streams">What goes in for the layer, in whatever passes.</param>
    internal async Task<LayerResult> RunAsync(LayerData layer, LayerStreams streams, string? trace, CancellationToken cancellation)
    {
        var scheduled = CycleModel.Run(core, streams.Passes)[^1].LastResult;
        var request = Request(core, streams, BudgetCycles + BudgetFactor * scheduled) with
        {
            Stalls = Stalls, ProbeHandshake = ProbeHandshake, PowerUpSeed = SimulationRequest.PowerUpSeedOf(Seed),
        };
        SimulationRun run;
        string? failure = null;
        try
        {
            run = await simulator.RunAsync(request, cancellation);
        }
        catch (SimulationFailedException e)
        {
            (run, failure) = (e.Partial, e.Message);
        }

        var (indices, results) = (run[core.Streams.Index.Name], run[core.Streams.Result.Name]);
        var mismatch = new LayerComparison(core, layer, streams.Passes).FirstMismatch(indices, results);
        if (trace is not null && mismatch is { Cycle: { } cycle })
            await simulator.TraceAsync(request, new TraceWindow(Math.Max(0, cycle - 40), cycle + 10), trace, cancellation: cancellation);
        return new LayerResult(
            layer.Name, layer.Shape, streams.Passes.Count, indices.Count, results.Count,
            results.Count == 0 ? 0 : results.Cycles[^1], scheduled, layer.Shape.Lookups,
            run.RunTime, mismatch, failure);
    }

    /// <summary>A run of a layer, without stalls.</summary>
    /// <param name="cycleBudget">A run that takes longer has hung.</param>
    internal static SimulationRequest Request(Core core, LayerStreams streams, long cycleBudget) => new()
    {
        Stimuli = streams.ByName,
        Expected = new Dictionary<string, long> { [core.Streams.Result.Name] = streams.ResultBeats },
        CycleBudget = cycleBudget,
        DrainCycles = DrainCycles,
    };
}
