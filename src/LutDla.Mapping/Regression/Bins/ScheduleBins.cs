using LutDla.Hardware;
using LutDla.Mapping.Schedule;

namespace LutDla.Mapping.Regression.Bins;

/// <summary>What passes meet.</summary>
public static class ScheduleBins
{
    private static readonly Bin Smallest = new("a layer of one row, one subspace and one column");
    private static readonly Bin MostSubspaces = new("as many subspaces as the core counts");
    private static readonly Bin SingleBlock = new("a tile of a single block");
    private static readonly Bin FullTile = new("a full tile");
    private static readonly Bin PartialTile = new("a tile with rows left over", core => WhyNot(core.Config.Tile.Rows, "row"));
    private static readonly Bin PartialBlock = new("a block with rows left over", core => WhyNot(core.RowsInParallel, "row a block"));
    private static readonly Bin PartialGroup = new(
        "a group with subspaces left over", core => WhyNot(core.SubspacesInParallel, "subspace a group"));
    private static readonly Bin PartialBeat = new(
        "a result beat with columns left over", core => WhyNot(core.RescaleUnits, "rescale unit"));
    private static readonly Bin PartialModules = new("an IMM without a column", core => WhyNot(core.MatchingModules, "IMM"));
    private static readonly Bin RowTiles = new("several tiles of rows");
    private static readonly Bin ColumnTiles = new("several sets of columns");
    private static readonly Bin Replay = new("indices are used again");
    private static readonly Bin SearchedAgain = new("the index buffer is too small and a tile is searched again", WhyNotTooSmall);
    private static readonly Bin ExactlyFull = new("kept indices fill the index buffer", core => WhyNoTile(core, core.IndexBufferBeats));
    private static readonly Bin OneOver = new("the index buffer lacks one beat", core => WhyNoTile(core, core.IndexBufferBeats + 1));

    public static IReadOnlyList<Bin> All { get; } =
    [
        Smallest, MostSubspaces, SingleBlock, FullTile, PartialTile, PartialBlock, PartialGroup, PartialBeat, PartialModules,
        RowTiles, ColumnTiles, Replay, SearchedAgain, ExactlyFull, OneOver,
    ];

    public static void Count(Core core, LayerShape shape, IReadOnlyList<TilePass> passes, BinCounts counts)
    {
        counts.Add(Smallest, shape.Lookups == 1);
        counts.Add(MostSubspaces, shape.SubspaceCount == core.Config.Tile.MaximumSubspaces);
        counts.Add(RowTiles, passes.Any(p => p.FirstRow > 0));
        counts.Add(ColumnTiles, passes.Any(p => p.FirstColumn > 0));
        counts.Add(PartialGroup, shape.SubspaceCount % core.SubspacesInParallel != 0);
        foreach (var p in passes)
        {
            counts.Add(SingleBlock, p.Blocks == 1);
            counts.Add(FullTile, p.RowCount == core.Config.Tile.Rows);
            counts.Add(PartialTile, p.RowCount < core.Config.Tile.Rows);
            counts.Add(PartialBlock, p.RowCount % core.RowsInParallel != 0);
            counts.Add(PartialBeat, p.ColumnCount % core.RescaleUnits != 0);
            counts.Add(PartialModules, p.ColumnCount <= core.Columns - core.Lanes);
            counts.Add(Replay, !p.Search);
            counts.Add(SearchedAgain, p.Search && p.FirstColumn > 0);
            counts.Add(ExactlyFull, p.Keep && p.Beats == core.IndexBufferBeats);
            counts.Add(OneOver, p.Search && p.FirstColumn > 0 && p.Beats == core.IndexBufferBeats + 1);
        }
    }

    private static int MostBlocks(Core core) => Division.RoundedUp(core.Config.Tile.Rows, core.RowsInParallel);

    private static string? WhyNotTooSmall(Core core) =>
        MostBlocks(core) * (long)core.MaximumGroups > core.IndexBufferBeats ? null : "every tile fits the index buffer";

    private static string? WhyNot(int count, string of) => count > 1 ? null : $"there is one {of}";

    private static string? WhyNoTile(Core core, int beats) =>
        Enumerable.Range(1, MostBlocks(core)).Any(b => beats % b == 0 && beats / b <= core.MaximumGroups)
            ? null
            : $"no tile has {beats} beats";
}
