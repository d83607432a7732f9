using LutDla.Boundary;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Synthesis;
using LutDla.Rtl;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Tools;

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
