using LutDla.Cosim.Tests.Synthesis;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Regression;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Core;

public sealed class CoreSynthesisTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public Task A_netlist_with_latches_and_clock_gates_computes_what_the_golden_model_computes() =>
        SimulateNetlistAsync(Small(MemoryStyle.Latch), SynthesisTarget.ForLiberty(Libraries.Sky130));

    [Fact]
    public Task A_netlist_of_flip_flops_computes_what_the_golden_model_computes() =>
        SimulateNetlistAsync(Small(MemoryStyle.FlipFlop), SynthesisTarget.ForLiberty(Libraries.Osu018));

    [Fact]
    public async Task Memories_meant_for_fpga_ram_become_ram()
    {
        var mapped = await MapAsync(HardwareCore.From(Designs.Simulated["chain"]), SynthesisTarget.Xilinx7);
        Assert.Contains(mapped.Report.Memories, m => m is { Meant: MemoryStyle.FpgaRam, RamCells: > 0 });
        Assert.All(mapped.Report.Memories, m => Assert.True(m.IsAsMeant, m.ToString()));
    }

    // Two of most things, so that the gates of a core are few enough to simulate.
    private static HardwareCore Small(MemoryStyle style)
    {
        var single = Designs.Simulated["single"];
        return HardwareCore.From(single with
        {
            Name = "small",
            Similarity = single.Similarity with { ActivationBits = 4, VectorLength = 2, Centroids = 3, Metric = DistanceMetric.L1 },
            Matching = single.Matching with { TableBits = 4, Lanes = 2, SubspacesInParallel = 2 },
            Tile = single.Tile with { Rows = 3, MaximumSubspaces = 6 },
            Memories = new() { Codebooks = style, Tables = style, Scratchpad = style, IndexBuffer = style, Parameters = style },
        });
    }

    private static async Task SimulateNetlistAsync(HardwareCore core, SynthesisTarget target)
    {
        var mapped = await MapAsync(core, target);
        var netlist = new DesignUnderTest(core.TopName, await GateLevelModel.FilesAsync(mapped, Cancellation), [.. core.Streams.All.Select(s => s.Port)]) { IsNetlist = true };
        var simulator = await StreamSimulator.BuildAsync(netlist, SimulatorEffort.QuickBuild, ContentCache.Default, Cancellation);

        var shape = new LayerShape(core.Config.Tile.Rows + 1, core.Config.Tile.MaximumSubspaces, core.Columns);
        var data = RandomLayer.Of(new Random(1), core, shape, "layer");
        var streams = new LayerStreams(core, data);
        var run = await CoreCheck.RunAsync(core, simulator, streams, stallSeed: 1, Cancellation);

        Assert.Null(CoreCheck.FirstMismatch(core, data, streams, run));
    }

    private static Task<MappedDesign> MapAsync(HardwareCore core, SynthesisTarget target) => YosysSynthesis.RunAsync(
        CoreSynthesis.Request(core, new DesignRenderer(TemplateRenderer.Default).Render(core), target), ContentCache.Default, Cancellation);
}
