namespace LutDla.Mapping;

/// <summary>A matrix product as the core sees it: M rows, S subspaces, N columns.</summary>
public readonly record struct LayerShape(int RowCount, int SubspaceCount, int ColumnCount)
{
    /// <summary>The most rows that a schedule counts.</summary>
    public const int MaximumRows = int.MaxValue;

    /// <summary>Table entries that its sums add: M · S · N.</summary>
    public long Lookups => (long)RowCount * SubspaceCount * ColumnCount;
}
