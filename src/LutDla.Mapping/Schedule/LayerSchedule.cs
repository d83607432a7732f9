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
        var groups = Division.RoundedUp(shape.SubspaceCount, core.SubspacesInParallel);
        if (groups > core.MaximumGroups)
            throw TooManySubspaces(core, shape);

        for (var row = 0; row < shape.RowCount; row += core.Config.Tile.Rows)
        {
            var rows = Math.Min(core.Config.Tile.Rows, shape.RowCount - row);
            var blocks = Division.RoundedUp(rows, core.RowsInParallel);
            var replay = (long)blocks * groups <= core.IndexBufferBeats;
            for (var column = 0; column < shape.ColumnCount; column += core.Columns)
            {
                var columns = Math.Min(core.Columns, shape.ColumnCount - column);
                yield return new TilePass
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
        }
    }

    private static InvalidInputException TooManySubspaces(Core core, LayerShape shape) => new(
        $"design {core.Name}", "tile.maximum_subspaces", $"{core.Config.Tile.MaximumSubspaces}",
        $"must be at least the {shape.SubspaceCount} subspaces of the layer.",
        "Raise it, or convert the layer with a larger vector length.");
}
