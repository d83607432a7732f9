using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Mapping.Costs;

/// <summary>A matrix product of M rows, K inputs and N columns as lookups: the numbers that the paper's models take.</summary>
/// <param name="Shape">M, S and N.</param>
/// <param name="InputCount">K.</param>
/// <param name="VectorLength">v.</param>
/// <param name="Centroids">c.</param>
/// <param name="CentroidBits">Of an element of a centroid.</param>
/// <param name="TableBits">Of a table entry.</param>
/// <param name="OutputBits">Of a result.</param>
/// <remarks>Source of tau and phi: LUT-DLA, arXiv 2501.10658, section on co-design.</remarks>
public sealed record LookupProduct(
    LayerShape Shape, int InputCount, int VectorLength, int Centroids, DistanceMetric Metric, int CentroidBits, int TableBits,
    int OutputBits)
{
    /// <summary>A layer of a network with so many rows.</summary>
    public static LookupProduct Of(LutLayer layer, int rows) => new(
        new(rows, layer.SubspaceCount, layer.OutputChannels), layer.InputChannels * layer.Window.Area, layer.VectorLength,
        layer.CentroidCount, layer.Metric, layer.ActivationBits, layer.TableBits,
        BitWidth.ForSigned(layer.OutputMinimum, layer.OutputMaximum));

    /// <summary>Multiplications and additions of the product itself: 2 · M · N · K.</summary>
    public long ProductOperations => 2L * Shape.RowCount * InputCount * Shape.ColumnCount;

    /// <summary>
    /// The paper's tau: operations of the search, alpha · M · K · c, and additions of the lookups, M · N · S. An element costs a
    /// difference, a square and a sum with L2 (alpha = 3), else a difference and a sum or a maximum (alpha = 2).
    /// </summary>
    public long Operations => OperationsOfElement * Shape.RowCount * Elements * Centroids + Shape.Lookups;

    /// <summary>The paper's phi, in bits: tables, indices M · S · ceil(log2 c), results M · N, codebooks.</summary>
    public long TrafficBits =>
        TablesBits + (long)Shape.RowCount * Shape.SubspaceCount * BitWidth.ForIndex(Centroids)
        + (long)Shape.RowCount * Shape.ColumnCount * OutputBits + CodebooksBits;

    /// <summary>Bits of all tables: N · c · S entries.</summary>
    public long TablesBits => (long)Shape.ColumnCount * Centroids * Shape.SubspaceCount * TableBits;

    /// <summary>Bits of all codebooks: S · c centroids.</summary>
    public long CodebooksBits => Elements * Centroids * CentroidBits;

    // K, up to whole sub-vectors.
    private long Elements => (long)Shape.SubspaceCount * VectorLength;

    private long OperationsOfElement => Metric == DistanceMetric.L2 ? 3 : 2;
}
