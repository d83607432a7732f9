using LutDla.Hardware;

namespace LutDla.Mapping.Costs;

/// <summary>
/// What must be on chip so that no table entry is loaded, no sub-vector searched and no partial sum moved more than once (the paper's order
/// searches again), by the order of the loops. Bits.
/// </summary>
/// <param name="Tables">Entries that are used again, or that are being loaded.</param>
/// <param name="Sums">Partial sums that are not complete.</param>
/// <param name="Indices">Indices that are used again.</param>
/// <remarks>Source: the table of loop orders of LUT-DLA, arXiv 2501.10658.</remarks>
public readonly record struct OnChipMemory(long Tables, long Sums, long Indices)
{
    public long Total => Tables + Sums + Indices;

    /// <param name="columnsInParallel">Tn.</param>
    /// <param name="sumBits">Of a partial sum.</param>
    public static OnChipMemory Of(LookupProduct product, LoopOrder order, int columnsInParallel, int sumBits)
    {
        var (rows, subspaces, columns) = ((long)product.Shape.RowCount, (long)product.Shape.SubspaceCount, (long)product.Shape.ColumnCount);
        var (set, column) = (Math.Min(columnsInParallel, columns), (long)product.Centroids * product.TableBits);
        var index = BitWidth.ForIndex(product.Centroids);
        return order switch
        {
            LoopOrder.Mnk => new(subspaces * columns * column, set * sumBits, subspaces * index),
            LoopOrder.Mkn => new(subspaces * columns * column, columns * sumBits, index),
            LoopOrder.Kmn => new(columns * column, rows * columns * sumBits, index),
            LoopOrder.Knm => new(set * column, rows * columns * sumBits, rows * index),
            LoopOrder.Nmk => new(subspaces * set * column, set * sumBits, rows * subspaces * index),
            LoopOrder.Nkm => new(set * column, rows * set * sumBits, rows * subspaces * index),
            LoopOrder.LutStationary => new(2 * set * column, rows * set * sumBits, rows * index),
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, "This order has no model."),
        };
    }
}
