using LutDla.Baseline.Products;
using LutDla.Cosim.Tests.Linting;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Linting;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Baseline;

/// <summary>The arrays that the core is compared with compute what they must, in the cycles that are counted for them.</summary>
public sealed class ArrayCosimulationTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    public static TheoryData<string> Names { get; } = [.. ArrayCase.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Results_are_those_of_a_plain_product_whatever_stalls(string name)
    {
        var array = ArrayCase.All[name];
        var design = new DesignUnderTest(array.Array.TopName, array.Files, array.Streams);
        foreach (var (number, shape) in array.Shapes().Index())
        {
            var product = array.Product(shape, number);
            var beats = new ArrayBeats(array.Array, product);
            for (ulong seed = 0; seed < 5; seed++)
            {
                var run = await array.RunAsync(design, beats, seed, Cancellation);
                Assert.Equal(PlainProduct.Of(product), array.Results(beats, shape, run["result"]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Without_stalls_it_takes_the_cycles_of_the_model(string name)
    {
        var array = ArrayCase.All[name];
        var design = new DesignUnderTest(array.Array.TopName, array.Files, array.Streams);
        var random = new Random(7);
        var (rows, inner, columns) = (3 * array.Array.Config.Rows * array.Array.Config.MaximumBlocks,
            array.Array.StepProducts * array.Array.Config.MaximumSteps, 4 * array.Array.Config.Columns);
        for (var number = 0; number < 12; number++)
        {
            var shape = new ProductShape(random.Next(1, rows), random.Next(1, inner + 1), random.Next(1, columns));
            var run = await array.RunAsync(design, new ArrayBeats(array.Array, array.Product(shape, number)), stallSeed: 0, Cancellation);
            Assert.Equal((shape, ArrayCycles.Of(array.Array, shape)), (shape, run["result"].Cycles[^1]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_clean(string name)
    {
        var array = ArrayCase.All[name];
        var report = await Lint.RunAsync(array.Files, array.Array.TopName, ContentCache.Default, Cancellation);
        Assert.True(report.IsClean, report.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_clean_for_a_later_yosys(string name)
    {
        await LaterYosys.SkipIfMissingAsync();
        var array = ArrayCase.All[name];
        var report =
            await Lint.RunAsync(array.Files, array.Array.TopName, ExternalTool.YowaspYosys, ContentCache.Default, Cancellation);
        Assert.True(report.IsClean, report.ToString());
    }
}
