using LutDla.Cosim.Tests.Core;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Rendering;

namespace LutDla.Cosim.Tests.Integration;

/// <summary>A wrong schedule ends a co-simulation with the rule that it breaks.</summary>
public sealed class CheckedSimulationTests
{
    private const long CycleBudget = 100_000;

    private static readonly Dictionary<string, Func<TilePass, TilePass>> Faults = new()
    {
        ["rule 11 (keep_fits) is broken"] = p => p with { Groups = 3 },
        ["rule 12 (keep_replayed) is broken"] = p => p with { Search = true },
        ["rule 13 (replay_kept) is broken"] = p => p with { Keep = false },
        ["rule 14 (replay_shape) is broken"] = p => p.Search ? p : p with { Blocks = 1, RowCount = 1 },
    };

    public static TheoryData<string> Rules { get; } = [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_schedule_that_the_core_cannot_run_is_named_by_its_rule(string said)
    {
        var (core, data, cancellation) = (OddDesign.Core, OddDesign.Layer, TestContext.Current.CancellationToken);
        var simulator = await CoreCheck.BuildAsync(core, new DesignRenderer(TemplateRenderer.Default).Render(core), cancellation);
        var streams = new LayerStreams(core, data, LayerSchedule.Passes(core, data.Shape).Select(Faults[said]));

        var failure = await Assert.ThrowsAsync<SimulationFailedException>(
            () => simulator.RunAsync(NetworkCosimulation.Request(core, streams, CycleBudget), cancellation));

        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }
}
