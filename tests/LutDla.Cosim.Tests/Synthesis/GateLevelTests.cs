using LutDla.Boundary;
using LutDla.Cosim.Tests.Linting;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware.Configuration;
using LutDla.Rtl;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Cosimulation.Regression;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Synthesis;

public sealed class GateLevelTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_netlist_of_latches_and_clock_gates_answers_as_its_source_does(ulong stallSeed) =>
        await CompareAsync(StoreDesign.Latches, Libraries.Sky130, stallSeed);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_netlist_of_flip_flops_answers_as_its_source_does(ulong stallSeed) =>
        await CompareAsync(StoreDesign.FlipFlops, Libraries.Osu018, stallSeed);

    // Multipliers of its rescale units, registers with enables all over it; without stalls each result has its cycle, too.
    [Fact]
    public async Task A_core_with_Booth_multipliers_and_clock_gates_answers_as_its_source_does()
    {
        await LaterYosys.SkipIfMissingAsync();
        var core = HardwareCore.From(DesignFile.Load(Repository.File("configs/tiny.json")));
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var target = SynthesisTarget.ForLiberty(Libraries.Sky130);
        var request = CoreSynthesis.Request(core, files, target).By(YosysBuild.Yowasp);
        var mapped = await YosysSynthesis.RunAsync(request, ContentCache.Default, Cancellation);
        var streams = core.Streams.All.Select(s => s.Port);
        var netlist = new DesignUnderTest(
            core.TopName, await GateLevelModel.FilesAsync(mapped, Cancellation), [.. streams]) { IsNetlist = true };
        var simulator = await StreamSimulator.BuildAsync(netlist, SimulatorEffort.QuickBuild, ContentCache.Default, Cancellation);

        Assert.InRange(
            mapped.Report.Count(CellKind.ClockGate), 10, mapped.Report.Count(CellKind.FlipFlop) / SynthesisRequest.WorthAClockGate);
        for (var seed = 1; seed <= 6; seed++)
            Assert.Null((await new SeedRun(core, simulator).RunAsync(seed, coverageFile: null, Cancellation)).Problem);
    }

    [Fact]
    public async Task A_netlist_without_cell_functions_cannot_be_simulated()
    {
        var mapped = await YosysSynthesis.RunAsync(
            Request(StoreDesign.FlipFlops, SynthesisTarget.Generic), ContentCache.Default, Cancellation);
        await Assert.ThrowsAsync<InvalidInputException>(() => GateLevelModel.FilesAsync(mapped, Cancellation));
    }

    private static async Task CompareAsync(VerilogFile[] files, LibertyLibrary library, ulong stallSeed)
    {
        var mapped = await YosysSynthesis.RunAsync(Request(files, SynthesisTarget.ForLiberty(library)), ContentCache.Default, Cancellation);
        var netlist = new DesignUnderTest(
            "store", await GateLevelModel.FilesAsync(mapped, Cancellation), StoreDesign.Streams) { IsNetlist = true };

        var source = await RunAsync(new DesignUnderTest("store", files, StoreDesign.Streams), stallSeed);
        var gates = await RunAsync(netlist, stallSeed);

        Assert.Null(source["out"].FirstDifference(StoreDesign.Answers(StoreDesign.Commands(400))));
        Assert.Null(gates["out"].FirstDifference(source["out"].Beats));
        Assert.Equal(source["out"].Cycles, gates["out"].Cycles);
    }

    private static async Task<SimulationRun> RunAsync(DesignUnderTest design, ulong stallSeed)
    {
        var simulator = await StreamSimulator.BuildAsync(design, SimulatorEffort.QuickBuild, ContentCache.Default, Cancellation);
        return await simulator.RunAsync(StoreDesign.Request(StoreDesign.Commands(400), stallSeed), Cancellation);
    }

    private static SynthesisRequest Request(VerilogFile[] files, SynthesisTarget target) =>
        new() { Top = "store", ClockGate = StoreDesign.GateModule, Files = files, Target = target };
}
