using CsCheck;
using LutDla.Boundary;
using LutDla.Hardware;
using LutDla.Mapping;
using LutDla.Mapping.Schedule;

namespace LutDla.Tests.Mapping;

/// <summary>What every schedule must be, whatever the core and the layer.</summary>
public sealed class LayerScheduleTests
{
    [Fact]
    public void Passes_cover_every_row_and_column_exactly_once() => Sample((_, shape, passes) =>
    {
        var covered = new int[shape.RowCount, shape.ColumnCount];
        foreach (var p in passes)
        {
            for (var row = p.FirstRow; row < p.FirstRow + p.RowCount; row++)
            {
                for (var column = p.FirstColumn; column < p.FirstColumn + p.ColumnCount; column++)
                    covered[row, column]++;
            }
        }

        Assert.All(covered.Cast<int>(), times => Assert.Equal(1, times));
    });

    [Fact]
    public void Every_lookup_is_counted() => Sample((core, shape, passes) =>
    {
        Assert.Equal(shape.Lookups, passes.Sum(p => (long)p.RowCount * p.ColumnCount * shape.SubspaceCount));
        Assert.All(passes, p => AssertFilled(p.Groups, core.SubspacesInParallel, shape.SubspaceCount));
    });

    [Fact]
    public void A_pass_fits_the_core_and_fills_no_more_blocks_and_beats_than_it_needs() => Sample((core, _, passes) =>
    {
        foreach (var p in passes)
        {
            Assert.InRange(p.RowCount, 1, core.Config.Tile.Rows);
            Assert.InRange(p.ColumnCount, 1, core.Columns);
            Assert.InRange(p.Groups, 1, core.MaximumGroups);
            AssertFilled(p.Blocks, core.RowsInParallel, p.RowCount);
            AssertFilled(p.RowBeats, core.RescaleUnits, p.ColumnCount);
        }
    });

    [Fact]
    public void Only_indices_that_the_pass_before_kept_are_used_again_and_none_is_kept_for_nothing() => Sample((_, _, passes) =>
    {
        Assert.True(passes[0].Search);
        Assert.False(passes[^1].Keep);
        foreach (var (before, after) in passes.Zip(passes.Skip(1)))
        {
            Assert.Equal(before.Keep, !after.Search);
            if (before.Keep)
                Assert.Equal((before.FirstRow, before.RowCount, before.Beats), (after.FirstRow, after.RowCount, after.Beats));
        }
    });

    [Fact]
    public void Indices_are_kept_where_the_index_buffer_holds_them_all_and_else_searched_again() => Sample((core, _, passes) =>
    {
        foreach (var tile in passes.GroupBy(p => p.FirstRow))
        {
            var fits = tile.First().Beats <= core.IndexBufferBeats;
            Assert.Equal(fits ? 1 : tile.Count(), tile.Count(p => p.Search));
            Assert.All(tile, p => Assert.True(fits || !p.Keep));
        }
    });

    [Fact]
    public void More_subspaces_than_the_core_counts_are_refused()
    {
        var (core, shape) = AnyMapping.CoreAndShape.Single();
        var tooMany = shape with { SubspaceCount = core.MaximumGroups * core.SubspacesInParallel + 1 };

        var e = Assert.Throws<InvalidInputException>(() => LayerSchedule.Passes(core, tooMany).ToList());

        Assert.Equal(
            $"design {core.Name}: tile.maximum_subspaces = {core.Config.Tile.MaximumSubspaces}: "
            + $"must be at least the {tooMany.SubspaceCount} subspaces of the layer. "
            + "Raise it, or convert the layer with a larger vector length.",
            e.Message);
    }

    /// <summary>So many parts of a size hold a number of things, and one part less would not.</summary>
    private static void AssertFilled(int parts, int size, int things) => Assert.InRange(things, (parts - 1) * size + 1, parts * size);

    private static void Sample(Action<Core, LayerShape, TilePass[]> property) =>
        AnyMapping.CoreAndShape.Sample((core, shape) => property(core, shape, [.. LayerSchedule.Passes(core, shape)]));
}
