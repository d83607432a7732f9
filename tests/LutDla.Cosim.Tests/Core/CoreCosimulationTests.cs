using LutDla.Mapping;
using LutDla.Mapping.Regression;
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
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var simulator = await CoreCheck.BuildAsync(core, files, TestContext.Current.CancellationToken);
        foreach (var shape in Shapes(core))
        {
            var data = RandomLayer.Of(new Random(shape.RowCount), core, shape, "layer");
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
    private static IEnumerable<LayerShape> Shapes(HardwareCore core)
    {
        var (tile, subspaces) = (core.Config.Tile.Rows, Math.Min(core.Config.Tile.MaximumSubspaces, 2 * core.SubspacesInParallel + 1));
        return
        [
            new(1, subspaces, 1),
            new(Math.Min(3, tile), subspaces, core.Columns + 1),
            new(2 * tile + 1, subspaces, 2 * core.Columns + 1),
        ];
    }
}
