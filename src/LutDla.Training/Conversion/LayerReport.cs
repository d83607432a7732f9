using LutDla.Hardware;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;
using LutDla.Training.IntegerNetwork;

namespace LutDla.Training.Conversion;

/// <summary>What became of a layer, or of a part of a split one, and what it costs.</summary>
/// <param name="Rule">The layer's format as a <see cref="LayerRule"/> for this layer alone.</param>
/// <param name="Exact">Why it keeps its products; null: lookups replace them.</param>
/// <param name="Subspaces">S; 0 for an exact layer.</param>
/// <param name="Weights">Weights of the float layer; of an exact part, those that it has.</param>
/// <param name="MultiplyAccumulates">Of these weights, an image.</param>
/// <param name="Lookups">Table entries added, an image.</param>
/// <param name="StoredBits">Of the table, or of the weights of an exact layer; an exact part's are stored with their places.</param>
/// <param name="BitsPerActivation">ceil(log2 c) / v: what is known of an input after the search; all its bits in an exact layer.</param>
/// <param name="RelativeError">
/// ||float - converted||² / ||float - mean||² of the layer's results before training, in whole numbers, errors of earlier layers included;
/// of a part, for float what the parts before it leave. Measured on <see cref="ErrorExamples"/>. Null where training was taken up from its
/// checkpoint.
/// </param>
public sealed record LayerReport(
    string Name, LayerRule Rule, ExactReason? Exact, int Subspaces, long Weights, long MultiplyAccumulates, long Lookups, long StoredBits,
    double BitsPerActivation, double? RelativeError)
{
    /// <summary>The layer of the float network, which may have several parts.</summary>
    public string Layer { get; init; } = Name;

    /// <summary>Stored bits for each weight.</summary>
    public double BitsPerWeight => (double)StoredBits / Weights;

    /// <summary>One report a convolution or linear layer, in order.</summary>
    /// <param name="errors">Relative errors by layer; those that are not known are left out.</param>
    internal static IReadOnlyList<LayerReport> Of(LutNetwork network, IReadOnlyDictionary<string, double> errors) =>
    [
        .. network.Graph.Operations.OfType<MatrixOperation>().Select(
            op => Of(op, network.Matrices[op.Name], errors.TryGetValue(op.Name, out var error) ? error : null)),
    ];

    internal static LayerReport Of(MatrixOperation op, ConvertedMatrix matrix, double? error) =>
        matrix.Match(lut => Of(op, lut, error), exact => Of(op, exact, error)) with { Layer = op.Layer };

    private static LayerReport Of(MatrixOperation op, LutMatrix matrix, double? error)
    {
        var (format, geometry) = (matrix.Format, matrix.Geometry);
        var (weights, lookups) = (Products(op) * op.OutputChannels, (long)geometry.SubspaceCount * op.OutputChannels);
        return new LayerReport(
            op.Name, RuleOf(op, format), null, geometry.SubspaceCount, weights, weights * geometry.RowsPerImage,
            lookups * geometry.RowsPerImage,
            lookups * format.CentroidCount * format.TableBits, (double)BitWidth.ForIndex(format.CentroidCount) / format.VectorLength,
            error);
    }

    private static LayerReport Of(MatrixOperation op, ExactMatrix matrix, double? error)
    {
        var (format, count) = (matrix.Format, matrix.WeightCount);
        var bits = format.WeightBits + (op.Part is null ? 0 : BitWidth.ForIndex((int)Products(op)));
        return new LayerReport(
            op.Name, RuleOf(op, format), format.Exact, 0, count, count * matrix.RowsPerImage, 0, count * bits, format.ActivationBits,
            error);
    }

    // Of one result.
    private static long Products(MatrixOperation op) => op.WeightShape[1..].Aggregate(1L, (product, side) => product * side);

    /// <summary>The whole layer, of whose parts these are the reports, in order.</summary>
    internal static LayerReport Together(IReadOnlyList<LayerReport> parts)
    {
        var (largest, totals) = (
            parts.MaxBy(part => part.Weights) ?? throw new ArgumentException("A layer has a part.", nameof(parts)), LayerTotals.Of(parts));
        var lookups = parts.Where(part => part.Exact is null).ToArray();
        return largest with
        {
            Name = largest.Layer, Subspaces = parts.Sum(part => part.Subspaces), Lookups = totals.Lookups, StoredBits = totals.StoredBits,
            BitsPerActivation = totals.BitsPerActivation,
            // Each is of what the one before left.
            RelativeError = lookups.Length == 0
                ? largest.RelativeError
                : lookups.Aggregate((double?)1, (product, part) => product * part.RelativeError),
        };
    }

    private static LayerRule RuleOf(MatrixOperation op, LayerFormat format) => format.Exact is not null and not ExactReason.Largest
        ? new LayerRule(op.Layer) { IsExact = true, WeightBits = format.WeightBits }
        : new LayerRule(op.Layer)
        {
            VectorLength = format.VectorLength, CentroidCount = format.CentroidCount, Metric = format.Metric, TableBits = format.TableBits,
            Copies = format.Copies > 1 ? format.Copies : null, SparsePercent = format.SparsePercent > 0 ? format.SparsePercent : null,
            WeightBits = format.SparsePercent > 0 ? format.WeightBits : null,
        };
}

/// <summary>
/// All layers of a network together. Of a split one, weights and multiply-accumulates count once, and the bits of all parts.
/// </summary>
/// <param name="Replaced">Multiply-accumulates of an image that lookups replace.</param>
/// <param name="BitsPerActivation">
/// Mean over the layers, weighted with their multiply-accumulates; an exact part's bits count for as many as it has.
/// </param>
public sealed record LayerTotals(
    long Weights, long MultiplyAccumulates, long Replaced, long Lookups, long StoredBits, double BitsPerActivation)
{
    /// <summary>Stored bits for each weight of the float network.</summary>
    public double BitsPerWeight => (double)StoredBits / Weights;

    /// <summary>Of the multiply-accumulates, 0 to 1.</summary>
    public double ShareReplaced => (double)Replaced / MultiplyAccumulates;

    public static LayerTotals Of(IReadOnlyList<LayerReport> layers)
    {
        // A part that is looked up stands for all weights of its layer.
        LayerReport[] whole = [.. layers.GroupBy(layer => layer.Layer).Select(parts => parts.MaxBy(part => part.Weights))
            .OfType<LayerReport>()];
        var products = whole.Sum(layer => layer.MultiplyAccumulates);
        return new LayerTotals(
            whole.Sum(layer => layer.Weights), products,
            products - layers.Where(layer => layer.Exact is not null).Sum(layer => layer.MultiplyAccumulates),
            layers.Sum(layer => layer.Lookups), layers.Sum(layer => layer.StoredBits),
            layers.Sum(layer => layer.BitsPerActivation * layer.MultiplyAccumulates) / products);
    }
}
