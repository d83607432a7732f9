using LutDla.Mapping;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;
using LutDla.Rtl;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Cosimulation.Regression;
using LutDla.Rtl.Tools;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Core;

/// <summary>Runs a core's files, with and without stalls, and says what is wrong first.</summary>
internal static class CoreCheck
{
    private const int Seeds = 6;

    public static Task<StreamSimulator> BuildAsync(
        HardwareCore core, IReadOnlyList<VerilogFile> files, CancellationToken cancellation) => StreamSimulator.BuildAsync(
        DesignUnderTest.WithChecker(core, files), SimulatorEffort.QuickBuild, ContentCache.Default, cancellation);

    /// <summary>What the first seeds of the regression find.</summary>
    public static async Task<string?> FirstDifferenceAsync(
        HardwareCore core, IReadOnlyList<VerilogFile> files, CancellationToken cancellation)
    {
        var run = new SeedRun(core, await BuildAsync(core, files, cancellation));
        for (var seed = 1; seed <= Seeds; seed++)
        {
            if ((await run.RunAsync(seed, coverageFile: null, cancellation)).Problem is { } problem)
                return problem;
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
