using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Mapping;

namespace LutDla.Rtl.Cosimulation;

/// <summary>Says what is known about a difference: where, what was expected, and how the expected value comes about.</summary>
internal sealed class MismatchReport(LayerData data)
{
    private const int ShownColumns = 8;

    private LutLayer Layer => data.Layer;

    public Mismatch Index(int? tile, int row, int subspace, int expected, long? actual, long? cycle) => new(
        data.Name, MismatchKind.Index, tile, row, subspace, expected, actual, cycle,
        row >= 0 && subspace < Layer.SubspaceCount ? Search(row, subspace, expected, actual) : "The place only fills a block.");

    public Mismatch Result(int? tile, int row, int column, int expected, long? actual, long? cycle) =>
        new(data.Name, MismatchKind.Result, tile, row, column, expected, actual, cycle, Sum(row, column));

    public Mismatch Last(int tile, int row, int firstColumn, bool isLast, long cycle) => new(
        data.Name, MismatchKind.Last, tile, row, firstColumn, isLast ? 1 : 0, isLast ? 0 : 1, cycle, "Its results are right.");

    public Mismatch Repetition(int tile, int row, int column, long actual, long cycle) =>
        new(data.Name, MismatchKind.Repeated, tile, row, column, null, actual, cycle, Sum(row, column));

    public Mismatch Surplus(MismatchKind kind, long cycle) =>
        new(data.Name, kind, null, -1, -1, null, null, cycle, "All before it are right.");

    private string Search(int row, int subspace, int expected, long? actual)
    {
        var found = actual switch
        {
            null => "no index was found",
            { } index when index < Layer.CentroidCount =>
                $"distance {Distance(row, subspace, (int)index)} of the index found, table row {TableRow(subspace, (int)index)}",
            _ => "the index found is no centroid of the layer",
        };
        return $"Distance {Distance(row, subspace, expected)} of the index expected, table row {TableRow(subspace, expected)}; " +
            $"{found} (first columns).";
    }

    private long Distance(int row, int subspace, int centroid)
    {
        var (length, codebook) = (Layer.VectorLength, Layer.CentroidCount * Layer.VectorLength);
        return GoldenDistance.Between(
            Layer.Metric,
            data.SubVectors.AsSpan((row * Layer.SubspaceCount + subspace) * length, length),
            Layer.Codebooks.AsSpan().Slice(subspace * codebook + centroid * length, length));
    }

    private string TableRow(int subspace, int centroid) => string.Join(' ', Layer.Tables.AsSpan()
        .Slice((subspace * Layer.CentroidCount + centroid) * Layer.OutputChannels, Math.Min(ShownColumns, Layer.OutputChannels)).ToArray());

    private string Sum(int row, int column)
    {
        if (column >= Layer.OutputChannels)
            return "The column only fills a beat.";
        var sum = Enumerable.Range(0, Layer.SubspaceCount).Sum(s =>
            (long)Layer.Tables[(s * Layer.CentroidCount + data.Indices[row * Layer.SubspaceCount + s]) * Layer.OutputChannels + column]);
        return $"Sum {sum}, bias {Layer.Bias[column]}, multiplier {Layer.Multiplier[column]}, shift {Layer.Shift[column]}.";
    }
}
