using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Regression;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Rendering;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Core;

/// <summary>Tiles of 256 rows and 64 subspaces that follow each other keep the lookups busy, in the model and in the RTL.</summary>
public sealed class UtilisationTests(ITestOutputHelper output)
{
    private const int TileRows = 256;
    private const int Subspaces = 64;
    private const int Tiles = 4;
    private const double Bound = 0.97;

    [Theory]
    [InlineData("reference")]
    [InlineData("edge")]
    public void The_schedule_leaves_hardly_a_cycle_without_lookups(string design)
    {
        var core = Core(design);
        var shape = new LayerShape(Tiles * TileRows, Subspaces, core.Columns);
        PassTiming[] timings = [.. CycleModel.Run(core, LayerSchedule.Passes(core, shape))];
        Assert.Equal(Tiles, timings.Length);
        AssertBusy(core, "lookups of a tile", timings[0].LastLookup - timings[0].FirstLookup + 1);
        AssertBusy(core, "tile after tile", timings[^1].LastResult - timings[^2].LastResult);
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("edge")]
    public async Task The_rtl_leaves_hardly_a_cycle_without_lookups(string design)
    {
        var core = Core(design);
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var simulator = await CoreCheck.BuildAsync(core, files, TestContext.Current.CancellationToken);
        var data = RandomLayer.Of(new Random(1), core, new LayerShape(Tiles * TileRows, Subspaces, core.Columns), "layer");
        var streams = new LayerStreams(core, data);
        var scheduled = CycleModel.Run(core, streams.Passes);
        var run = await CoreCheck.RunAsync(core, simulator, streams, stallSeed: 0, TestContext.Current.CancellationToken);

        Assert.Null(CoreCheck.FirstMismatch(core, data, streams, run));
        var results = run[core.Streams.Result.Name].Cycles;
        Assert.Equal(scheduled[^1].LastResult, results[^1]);
        AssertBusy(core, "tile after tile, simulated", results[^1] - results[^(1 + streams.Passes[^1].ResultBeats)]);
    }

    private static HardwareCore Core(string design)
    {
        var config = DesignFile.Load(Repository.File($"configs/{design}.json"));
        return HardwareCore.From(config with { Tile = config.Tile with { Rows = TileRows } });
    }

    private void AssertBusy(HardwareCore core, string what, long cycles)
    {
        var limit = (double)TileRows * Subspaces * core.Columns / core.LookupsPerCycle;
        output.WriteLine($"{core.Name}: {what}: {cycles} cycles, {limit / cycles:P2} of the limit");
        Assert.True(limit / cycles >= Bound, $"{what} takes {cycles} cycles where {limit} could do.");
    }
}
