using LutDla.Boundary;
using LutDla.Hardware;

namespace LutDla.Mapping.Schedule;

/// <summary>
/// The LUT-stationary loop nest: for each tile of rows, for each set of columns, for each group of subspaces all rows of the tile
/// pass while the tables stay. Source: LUT-DLA, arXiv 2501.10658 (dataflow).
/// </summary>
public static class LayerSchedule
{
    /// <exception cref="InvalidInputException">The layer sums more subspaces than the core counts.</exception>
    public static IEnumerable<TilePass> Passes(Core core, LayerShape shape)
    {
        Check(core, shape);
        for (var row = 0; row < shape.RowCount; row += core.Config.Tile.Rows)
        {
            for (var column = 0; column < shape.ColumnCount; column += core.Columns)
                yield return Pass(core, shape, row, column);
        }
    }

    /// <summary>The most that <see cref="Kinds"/> gives.</summary>
    internal const int MostKinds = 6;

    /// <summary>Passes that ask as much of the core, and how many there are; not in their order.</summary>
    /// <param name="room">For <see cref="MostKinds"/>: who asks for millions of layers wants no list.</param>
    /// <exception cref="InvalidInputException">The layer sums more subspaces than the core counts.</exception>
    internal static ReadOnlySpan<(TilePass Pass, long Count)> Kinds(Core core, LayerShape shape, Span<(TilePass Pass, long Count)> room)
    {
        Check(core, shape);
        var (tiles, rest) = Math.DivRem(shape.RowCount, core.Config.Tile.Rows);
        var used = OfTile(core, shape, 0, tiles, room);
        if (rest > 0)
            used += OfTile(core, shape, shape.RowCount - rest, 1, room[used..]);
        return room[..used];
    }

    private static int OfTile(Core core, LayerShape shape, int row, int count, Span<(TilePass Pass, long Count)> room)
    {
        if (count == 0)
            return 0;
        var sets = Division.RoundedUp(shape.ColumnCount, core.Columns);
        var used = 0;
        room[used++] = (Pass(core, shape, row, 0), count);
        if (sets > 2)
            room[used++] = (Pass(core, shape, row, core.Columns), (long)count * (sets - 2));
        if (sets > 1)
            room[used++] = (Pass(core, shape, row, (sets - 1) * core.Columns), count);
        return used;
    }

    /// <exception cref="InvalidInputException">The layer sums more subspaces than the core counts.</exception>
    internal static void Check(Core core, LayerShape shape)
    {
        if (Groups(core, shape) > core.MaximumGroups)
        {
            throw new InvalidInputException(
                $"design {core.Name}", "tile.maximum_subspaces", $"{core.Config.Tile.MaximumSubspaces}",
                $"must be at least the {shape.SubspaceCount} subspaces of the layer.",
                "Raise it, or convert the layer with a larger vector length.");
        }
    }

    /// <summary>The pass of a tile over a set of columns.</summary>
    /// <param name="row">The tile's first.</param>
    /// <param name="column">The set's first.</param>
    internal static TilePass Pass(Core core, LayerShape shape, int row, int column)
    {
        var rows = Math.Min(core.Config.Tile.Rows, shape.RowCount - row);
        var columns = Math.Min(core.Columns, shape.ColumnCount - column);
        var (blocks, groups) = (Division.RoundedUp(rows, core.RowsInParallel), Groups(core, shape));
        var replay = (long)blocks * groups <= core.IndexBufferBeats;
        return new TilePass
        {
            FirstRow = row,
            RowCount = rows,
            FirstColumn = column,
            ColumnCount = columns,
            Blocks = blocks,
            Groups = groups,
            RowBeats = Division.RoundedUp(columns, core.RescaleUnits),
            Search = column == 0 || !replay,
            Keep = replay && column + core.Columns < shape.ColumnCount,
        };
    }

    private static int Groups(Core core, LayerShape shape) => Division.RoundedUp(shape.SubspaceCount, core.SubspacesInParallel);
}
