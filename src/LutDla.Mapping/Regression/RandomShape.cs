using LutDla.Hardware;
using LutDla.Mapping.Schedule;

namespace LutDla.Mapping.Regression;

/// <summary>Shapes of layers at the edges of a core's tiles, lanes and buffers, and now and then anywhere between.</summary>
internal static class RandomShape
{
    private const int Attempts = 30;

    /// <param name="least">
    /// What the layer should cost at least, in cycles, about; where nothing does, it is the costliest that came up.
    /// </param>
    /// <param name="most">What the layer may cost, unless the core has no layer that costs less.</param>
    public static LayerShape Of(Random random, Core core, long least, long most)
    {
        var (best, cost) = (new LayerShape(1, 1, 1), 0L);
        for (var attempt = 0; attempt < Attempts && (attempt == 0 || cost < least); attempt++)
        {
            if (Any(random, core) is { } shape && Cost(core, shape) is var drawn && drawn > cost && drawn <= most)
                (best, cost) = (shape, drawn);
        }

        return best;
    }

    private static LayerShape? Any(Random random, Core core) => random.Next(6) switch
    {
        0 => FullIndexBuffer(random, core),
        1 => BlockLeftOver(random, core),
        _ => new LayerShape(Rows(random, core), Subspaces(random, core), Columns(random, core)),
    };

    private static int Rows(Random random, Core core)
    {
        var (tile, rows) = (core.Config.Tile.Rows, core.RowsInParallel);
        return Math.Max(1, random.One(
            1, rows, rows + 1, tile - 1, tile, tile + 1, tile + rows, 2 * tile + 1,
            random.Between(1, 4 * rows), random.Between(1, 2 * tile)));
    }

    private static int Columns(Random random, Core core)
    {
        var (lanes, columns, units) = (core.Lanes, core.Columns, core.RescaleUnits);
        return Math.Max(1, random.One(
            1, units, units + 1, lanes - 1, lanes, lanes + 1, columns - 1, columns, columns + 1, 2 * columns + 1,
            random.Between(1, 3 * columns)));
    }

    private static int Subspaces(Random random, Core core)
    {
        var (most, parallel) = (core.Config.Tile.MaximumSubspaces, core.SubspacesInParallel);
        var drawn = random.One(
            1, parallel - 1, parallel, parallel + 1, 2 * parallel + 1, most - 1, most,
            random.Between(1, 4 * parallel), random.Between(1, most));
        return Math.Clamp(drawn, 1, most);
    }

    /// <summary>
    /// Tiles whose indices fill the index buffer to the last beat, or need one beat more, over several sets of columns; nothing where no
    /// tile does.
    /// </summary>
    private static LayerShape? FullIndexBuffer(Random random, Core core)
    {
        var beats = core.IndexBufferBeats + (random.OnceIn(3) ? 1 : 0);
        var mostBlocks = Division.RoundedUp(core.Config.Tile.Rows, core.RowsInParallel);
        int[] blocks = [.. Enumerable.Range(1, mostBlocks).Where(b => beats % b == 0 && beats / b <= core.MaximumGroups)];
        if (blocks.Length == 0)
            return null;

        // With tiles of the largest size the search of the next tile wants room while this one is used again.
        var chosen = blocks[^1] == mostBlocks && random.OnceIn(2) ? mostBlocks : random.One<int>(blocks);
        var rows = chosen == mostBlocks ? core.Config.Tile.Rows + random.Between(0, core.Config.Tile.Rows) : chosen * core.RowsInParallel;
        var subspaces = Math.Min(core.Config.Tile.MaximumSubspaces, beats / chosen * core.SubspacesInParallel);
        return new LayerShape(rows, subspaces, core.Columns + random.Between(1, core.Columns));
    }

    /// <summary>A tile of one block behind a full one, with results that leave sooner than the lookups are done.</summary>
    private static LayerShape BlockLeftOver(Random random, Core core) => new(
        core.Config.Tile.Rows + random.Between(1, core.RowsInParallel), random.Between(1, core.Config.Tile.MaximumSubspaces),
        random.Between(1, core.RescaleUnits));

    // What keeps the core busy longest: lookups, loads of tables, or results.
    private static long Cost(Core core, LayerShape shape) => LayerSchedule.Passes(core, shape).Sum(p =>
        Math.Max(p.Beats, p.Groups * Math.Max(core.TableLoadBeats, p.Search ? core.CodebookLoadBeats : 0L)) + p.ResultBeats);
}
