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
        var passes = LayerSchedule.Passes(OddDesign.Core, OddDesign.Layer.Shape);
        var streams = new LayerStreams(OddDesign.Core, OddDesign.Layer, passes.Select(Faults[said]));

        Assert.Contains(said, await FailureAsync(Request(streams)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codebooks_that_no_command_asks_for_are_found_at_the_end()
    {
        var streams = new LayerStreams(OddDesign.Core, OddDesign.Layer);
        for (var k = 0; k < OddDesign.Core.CodebookLoadBeats; k++)
            streams.Codebook.Add();

        var failure = await FailureAsync(Request(streams));

        Assert.Contains("rule 17 (balance) is broken", failure, StringComparison.Ordinal);
        Assert.Contains("codebook -3 ", failure, StringComparison.Ordinal);
    }

    private static SimulationRequest Request(LayerStreams streams) => NetworkCosimulation.Request(OddDesign.Core, streams, CycleBudget);

    private static async Task<string> FailureAsync(SimulationRequest request)
    {
        var (core, cancellation) = (OddDesign.Core, TestContext.Current.CancellationToken);
        var simulator = await CoreCheck.BuildAsync(core, new DesignRenderer(TemplateRenderer.Default).Render(core), cancellation);
        return (await Assert.ThrowsAsync<SimulationFailedException>(() => simulator.RunAsync(request, cancellation))).Message;
    }
}
