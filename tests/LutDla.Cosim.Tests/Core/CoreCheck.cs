using LutDla.Mapping;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;
using LutDla.Rtl;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Tools;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Core;

/// <summary>Runs a core's files on a random layer, with and without stalls, and says what is wrong first.</summary>
internal static class CoreCheck
{
    public static Task<StreamSimulator> BuildAsync(HardwareCore core, IReadOnlyList<VerilogFile> files, CancellationToken cancellation) => StreamSimulator.BuildAsync(
        DesignUnderTest.Checked(core, files), SimulatorEffort.QuickBuild, ContentCache.Default, cancellation);

    public static async Task<string?> FirstDifferenceAsync(HardwareCore core, IReadOnlyList<VerilogFile> files, CancellationToken cancellation)
    {
        var simulator = await BuildAsync(core, files, cancellation);
        foreach (var rows in (int[])[1, 2 * core.Config.Tile.Rows + 1])
        {
            var data = RandomLayer.For(core, rows, 2 * core.Subspaces + 1, 2 * core.Columns + 1, shrink: false, seed: rows);
            var streams = new LayerStreams(core, data);
            var timings = CycleModel.Run(core, streams.Passes);
            foreach (var seed in (ulong[])[0, 1, 2])
            {
                var run = await RunAsync(core, simulator, streams, seed, cancellation);
                if (FirstMismatch(core, data, streams, run) is { } mismatch)
                    return mismatch.ToString();
                if (seed == 0 && run[core.Streams.Result.Name].Cycles[^1] != timings[^1].LastResult)
                    return $"The last result came in cycle {run[core.Streams.Result.Name].Cycles[^1]}, not {timings[^1].LastResult}.";
            }
        }

        return null;
    }

    /// <param name="stallSeed">0 never stalls; 1 looks in every cycle whether handshakes follow each other.</param>
    public static Task<SimulationRun> RunAsync(
        HardwareCore core, StreamSimulator simulator, LayerStreams streams, ulong stallSeed, CancellationToken cancellation)
    {
        var request = NetworkCosimulation.Request(core, streams, 200 + 20 * CycleModel.Run(core, streams.Passes)[^1].LastResult);
        var stalls = stallSeed == 0 ? StallPattern.None : StallPattern.FromSeed(stallSeed);
        return simulator.RunAsync(request with { Stalls = stalls, ProbeHandshake = stallSeed == 1 }, cancellation);
    }

    public static Mismatch? FirstMismatch(HardwareCore core, LayerData data, LayerStreams streams, SimulationRun run) =>
        new LayerComparison(core, data, streams.Passes).FirstMismatch(run[core.Streams.Index.Name], run[core.Streams.Result.Name]);
}
