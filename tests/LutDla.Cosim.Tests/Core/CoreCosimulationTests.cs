using LutDla.Mapping;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Rendering;
using LutDla.Tests.Mapping;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Core;

public sealed class CoreCosimulationTests
{
    private const ulong NoStalls = 0;

    public static MatrixTheoryData<string, ulong> Cases { get; } = new(Designs.Simulated.Keys, [NoStalls, 1, 2]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Rtl_equals_the_golden_model_transfer_by_transfer(string design, ulong stallSeed)
    {
        var core = HardwareCore.From(Designs.Simulated[design]);
        var simulator = await CoreCheck.BuildAsync(core, new DesignRenderer(TemplateRenderer.Default).Render(core), TestContext.Current.CancellationToken);
        foreach (var (rows, columns, shrink) in Shapes(core))
        {
            var data = RandomLayer.For(core, rows, Math.Min(core.Config.Tile.MaximumSubspaces, 2 * core.Subspaces + 1), columns, shrink, seed: rows);
            Assert.Empty(LayerFit.Problems(core, "layer", data.Name, data.Layer));
            var streams = new LayerStreams(core, data);
            var timings = CycleModel.Run(core, streams.Passes);

            var run = await CoreCheck.RunAsync(core, simulator, streams, stallSeed, TestContext.Current.CancellationToken);

            Assert.Null(CoreCheck.FirstMismatch(core, data, streams, run));
            if (stallSeed == NoStalls)
                AssertCycles(core, streams, timings, run);
        }
    }

    private static void AssertCycles(HardwareCore core, LayerStreams streams, IReadOnlyList<PassTiming> timings, SimulationRun run)
    {
        var expected = streams.Passes.Zip(timings).SelectMany(p =>
            Enumerable.Range(0, p.First.ResultBeats).Select(k => p.Second.FirstResult + k));
        Assert.Equal(expected, run[core.Streams.Result.Name].Cycles);

        var model = new EventModel(core);
        foreach (var pass in streams.Passes)
            model.Next(pass);
        Assert.Equal(model.IndexCycles, run[core.Streams.Index.Name].Cycles);
    }

    // A single row, fewer rows than the pipeline is long, several tiles; fewer columns than lanes, several column tiles.
    private static IEnumerable<(int Rows, int Columns, bool Shrink)> Shapes(HardwareCore core) =>
    [
        (1, 1, false),
        (Math.Min(3, core.Config.Tile.Rows), core.Columns + 1, true),
        (2 * core.Config.Tile.Rows + 1, 2 * core.Columns + 1, false),
    ];
}
