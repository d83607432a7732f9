using LutDla.Mapping;
using LutDla.Mapping.Regression;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Rendering;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Core;

/// <summary>The report of a first difference names the place in the layer, whatever tile it falls into.</summary>
public sealed class MismatchTests
{
    private static readonly HardwareCore Design = HardwareCore.From(Designs.Simulated["chain"]);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 3)]
    [InlineData(12, 4)]
    public async Task A_wrong_index_is_named_with_row_subspace_and_both_distances(int row, int subspace)
    {
        var data = Layer();
        var expected = data.Indices[row * 5 + subspace];
        var wrong = (expected + 1) % Design.Centroids;
        var result = await RunAsync(data with { Indices = With(data.Indices, row * 5 + subspace, wrong) });

        var mismatch = Assert.IsType<Mismatch>(result.Mismatch);
        Assert.Equal((MismatchKind.Index, row, subspace), (mismatch.Kind, mismatch.Row, mismatch.Place));
        Assert.Equal((wrong, expected), (mismatch.Expected, mismatch.Actual));
        Assert.Equal(row / Design.Config.Tile.Rows * 3, mismatch.Tile); // three column tiles a row tile, of which the first searches
        Assert.NotNull(mismatch.Cycle);
        Assert.Contains("of the index found, table row", mismatch.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 5)]
    [InlineData(12, 8)]
    public async Task A_wrong_result_is_named_with_row_and_column(int row, int column)
    {
        var data = Layer();
        var actual = data.Outputs[row * 9 + column];
        var wrong = actual == 0 ? 1 : 0;
        var result = await RunAsync(data with { Outputs = With(data.Outputs, row * 9 + column, wrong) });

        var mismatch = Assert.IsType<Mismatch>(result.Mismatch);
        Assert.Equal((MismatchKind.Result, row, column), (mismatch.Kind, mismatch.Row, mismatch.Place));
        Assert.Equal((wrong, actual), (mismatch.Expected, mismatch.Actual));
        Assert.Equal(row / Design.Config.Tile.Rows * 3 + column / Design.Columns, mismatch.Tile);
    }

    [Fact]
    public async Task Rows_that_the_schedule_drops_are_missed()
    {
        var data = Layer();
        var result = await RunAsync(data, LayerSchedule.Passes(Design, data.Shape).Where(p => p.RowCount == Design.Config.Tile.Rows));

        Assert.Null(result.Failure);
        var mismatch = Assert.IsType<Mismatch>(result.Mismatch);
        Assert.Equal((MismatchKind.Result, 12, 0, null), (mismatch.Kind, mismatch.Row, mismatch.Place, mismatch.Actual));
        Assert.StartsWith("layer layer, no tile, row 12, column 0: result never came", mismatch.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_that_the_schedule_drops_are_missed()
    {
        var data = Layer();
        var result = await RunAsync(data, LayerSchedule.Passes(Design, data.Shape)
            .Where(p => p.ColumnCount == Design.Columns)
            .Select(p => p with { Keep = p.FirstColumn == 0 }));

        Assert.Null(result.Failure);
        var mismatch = Assert.IsType<Mismatch>(result.Mismatch);
        Assert.Equal((MismatchKind.Result, 0, 8, null), (mismatch.Kind, mismatch.Row, mismatch.Place, mismatch.Actual));
    }

    [Fact]
    public async Task A_tile_that_the_schedule_repeats_comes_a_second_time()
    {
        var data = Layer();
        TilePass[] passes = [.. LayerSchedule.Passes(Design, data.Shape)];
        var result = await RunAsync(data, passes.Append(passes[^1] with { Search = true }));

        Assert.Null(result.Failure);
        var mismatch = Assert.IsType<Mismatch>(result.Mismatch);
        Assert.Equal((MismatchKind.Repeated, 12, 8, (int?)passes.Length), (mismatch.Kind, mismatch.Row, mismatch.Place, mismatch.Tile));
    }

    // 13 rows are three tiles of 6, 6 and 1; 9 columns are three tiles of 4, 4 and 1.
    private static LayerData Layer() => RandomLayer.Of(new Random(3), Design, new LayerShape(13, 5, 9), "layer");

    private static int[] With(int[] values, int place, int value)
    {
        int[] changed = [.. values];
        changed[place] = value;
        return changed;
    }

    private static Task<LayerResult> RunAsync(LayerData data) => RunAsync(data, LayerSchedule.Passes(Design, data.Shape));

    private static async Task<LayerResult> RunAsync(LayerData data, IEnumerable<TilePass> passes)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var simulator = await CoreCheck.BuildAsync(Design, new DesignRenderer(TemplateRenderer.Default).Render(Design), cancellation);
        return await new NetworkCosimulation(Design, simulator) { Stalls = StallPattern.None }
            .RunAsync(data, new LayerStreams(Design, data, passes), trace: null, cancellation);
    }
}
