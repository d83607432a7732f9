using LutDla.Hardware;

namespace LutDla.Mapping.Schedule;

/// <summary>One command: a tile of rows over one set of columns, all subspaces.</summary>
public readonly record struct TilePass
{
    public required int FirstRow { get; init; }

    /// <summary>Rows that leave, at most the tile's.</summary>
    public required int RowCount { get; init; }

    public required int FirstColumn { get; init; }

    /// <summary>Columns that are of use, at most <see cref="Core.Columns"/>.</summary>
    public required int ColumnCount { get; init; }

    /// <summary>Blocks of R rows.</summary>
    public required int Blocks { get; init; }

    /// <summary>Groups of P subspaces.</summary>
    public required int Groups { get; init; }

    /// <summary>Result beats of a row.</summary>
    public required int RowBeats { get; init; }

    /// <summary>Activations come and are searched; otherwise the indices kept by the pass before are used again.</summary>
    public required bool Search { get; init; }

    /// <summary>The indices stay for the next pass.</summary>
    public required bool Keep { get; init; }

    /// <summary>Index beats of the pass.</summary>
    public long Beats => (long)Blocks * Groups;

    /// <summary>Result beats of the pass.</summary>
    public int ResultBeats => RowCount * RowBeats;
}
