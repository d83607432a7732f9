using LutDla.Baseline.Arrays;
using LutDla.Baseline.Products;
using LutDla.Cosim.Tests.Synthesis;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Synthesis;
using LutDla.Exploration.Timing;
using LutDla.Hardware.Configuration;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Baseline;

/// <summary>Gates of arrays compute what their source does, and are as few as is known to be possible.</summary>
public sealed class ArrayGateTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("kept_sums")]
    [InlineData("kept_weights")]
    public Task Gates_with_latches_and_clock_gates_multiply(string name) =>
        CompareAsync(ArrayCase.All[name], Libraries.Sky130, MappingGoal.Area);

    [Theory]
    [InlineData("mixed_sums")]
    [InlineData("mixed_weights")]
    public Task Gates_with_flip_flops_multiply(string name) => CompareAsync(ArrayCase.All[name], Libraries.Osu018, MappingGoal.Delay);

    // Every pair of operands is the first of a sum of eight products once, and the sum leaves as it is.
    [Theory]
    [InlineData(8, 8, ProductForm.Booth)]
    [InlineData(8, 4, ProductForm.Booth)]
    [InlineData(4, 4, ProductForm.BaughWooley)]
    public async Task Gates_multiply_every_pair(int activationBits, int weightBits, ProductForm form)
    {
        var array = new ArrayCase(Dataflow.OutputStationary, new()
        {
            Name = "pairs", Operands = new(activationBits, weightBits), Form = form, AccumulatorBits = activationBits + weightBits + 4,
            Rows = 1, Columns = 1, MaximumBlocks = 256, MaximumSteps = 1, LoadColumns = 1, RescaleUnits = 1,
            OutputBits = activationBits + weightBits + 4,
        });
        var product = array.Product(new(1 << activationBits, 8, 1 << weightBits), 1);
        for (var m = 0; m < 1 << activationBits; m++)
            product.Activations[m, 0] = m - (1 << (activationBits - 1));
        for (var n = 0; n < 1 << weightBits; n++)
            product.Weights[0, n] = n - (1 << (weightBits - 1));
        var exact = product with { Rescale = [.. product.Rescale.Select(_ => new ColumnRescale(0, 1, 0))] };

        await CompareAsync(array, exact, Libraries.Sky130, MappingGoal.Area);
    }

    // What was found by others in the same flow and library for eight products and their sum: 14,337 um2 and 8.2 ns.
    [Fact]
    public async Task A_unit_is_smaller_than_the_smallest_known_and_meets_its_clock()
    {
        var array = MacArray.Of(Dataflow.OutputStationary, new()
        {
            Name = "four", Operands = new(8, 8), AccumulatorBits = 24, Rows = 4, Columns = 4, MaximumBlocks = 16, MaximumSteps = 64,
            LoadColumns = 4, RescaleUnits = 2, Memories = MemoryStyle.Macro,
            Registers = MemoryStyle.Latch,
        });
        var mapped = await MapAsync(array, Libraries.Sky130, MappingGoal.Area);
        var slowest = (await StaticTiming.RunAsync(mapped, 10_000, Cancellation)).Slowest;

        var unit = Assert.Single(mapped.Report.Modules, m => m.Module.StartsWith("four_dot_", StringComparison.Ordinal));
        Assert.Equal(16, unit.Instances);
        Assert.True(unit.AreaPerInstance < 14_337, $"{unit.AreaPerInstance} um2");
        Assert.True(slowest?.SlackNanoseconds >= 0, $"{slowest}");
    }

    private static Task CompareAsync(ArrayCase array, LibertyLibrary library, MappingGoal goal) =>
        CompareAsync(array, array.Product(array.Shapes().ElementAt(2), 1), library, goal);

    private static async Task CompareAsync(ArrayCase array, MatrixProduct product, LibertyLibrary library, MappingGoal goal)
    {
        var mapped = await MapAsync(array.Array, library, goal);
        var netlist = new DesignUnderTest(array.Array.TopName, await GateLevelModel.FilesAsync(mapped, Cancellation), array.Streams)
        {
            IsNetlist = true,
        };
        var beats = new ArrayBeats(array.Array, product);
        var run = await array.RunAsync(netlist, beats, stallSeed: 1, Cancellation);
        Assert.Equal(PlainProduct.Of(product), array.Results(beats, product.Shape, run["result"]));
    }

    private static Task<MappedDesign> MapAsync(MacArray array, LibertyLibrary library, MappingGoal goal) => YosysSynthesis.RunAsync(
        ArraySynthesis.Request(array, SynthesisTarget.ForLiberty(library)) with { Goal = goal }, ContentCache.Default, Cancellation);
}
