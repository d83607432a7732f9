using LutDla.Cosim.Tests.Synthesis;
using LutDla.Exploration.Power;
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

    [Theory]
    [InlineData(MemoryStyle.Latch, false)]
    [InlineData(MemoryStyle.Latch, true)]
    [InlineData(MemoryStyle.Macro, false)]
    public async Task Gates_do_what_the_source_does_and_their_power_is_told(MemoryStyle style, bool countsGlitches)
    {
        var core = Small(style);
        var mapped = await MapAsync(core, SynthesisTarget.ForLiberty(Libraries.Sky130));
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var simulator = await StreamSimulator.BuildAsync(
            new DesignUnderTest(core.TopName, files, [.. core.Streams.All.Select(s => s.Port)]), SimulatorEffort.QuickBuild,
            ContentCache.Default, Cancellation);
        var shape = new LayerShape(core.Config.Tile.Rows + 1, core.Config.Tile.MaximumSubspaces, core.Columns);
        using var scratch = new ScratchFolder();
        var trace = scratch.File("ports.vcd");
        await new NetworkCosimulation(core, simulator) { Stalls = StallPattern.None }
            .TracePortsAsync(RandomLayer.Of(new Random(1), core, shape, "layer"), 200, trace, Cancellation);

        // That the outputs are equal in each cycle is checked on the way.
        var power = GatePower.Of(mapped, trace, clockNanoseconds: 10, countsGlitches);

        Assert.InRange(power.Cycles, 50, 200);
        // A flip-flop's clock pin alone takes 0.04 pJ a cycle: 0.0227 of a fall and 0.0178 of a rise, and twice 0.0029 for its charge.
        var registers = mapped.Report.Count(CellKind.FlipFlop);
        Assert.InRange(power.Modules.Sum(m => m.Clock), 0.9 * registers * 0.046 / 10, 3 * registers * 0.046 / 10);
        Assert.All(power.Modules, m => Assert.True(m.Milliwatts >= 0, m.ToString()));
        Assert.Equal(style == MemoryStyle.Macro, power.Macros.Any(m => m is { Reads: > 0, Writes: > 0 }));
    }

    // Two of most things, so that the gates of a core are few enough to simulate.
    private static HardwareCore Small(MemoryStyle style)
    {
        var single = Designs.Simulated["single"];
        var cells = style == MemoryStyle.Macro ? MemoryStyle.Latch : style; // codebooks and these tables are no macros
        return HardwareCore.From(single with
        {
            Name = "small",
            Similarity = single.Similarity with { ActivationBits = 4, VectorLength = 2, Centroids = 3, Metric = DistanceMetric.L1 },
            Matching = single.Matching with { TableBits = 4, Lanes = 2, SubspacesInParallel = 2 },
            Tile = single.Tile with { Rows = 3, MaximumSubspaces = 6 },
            Memories = new() { Codebooks = cells, Tables = cells, Scratchpad = style, IndexBuffer = style, Parameters = style },
        });
    }

    private static async Task SimulateNetlistAsync(HardwareCore core, SynthesisTarget target)
    {
        var mapped = await MapAsync(core, target);
        var netlist = new DesignUnderTest(
            core.TopName, await GateLevelModel.FilesAsync(mapped, Cancellation),
            [.. core.Streams.All.Select(s => s.Port)]) { IsNetlist = true };
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
