using LutDla.Hardware;
using LutDla.Training.Networks;

namespace LutDla.Training.Conversion;

/// <summary>What became of a layer, and what it costs.</summary>
/// <param name="Rule">The layer's format as a <see cref="LayerRule"/> for this layer alone.</param>
/// <param name="Exact">Why it keeps its products; null: lookups replace them.</param>
/// <param name="Subspaces">S; 0 for an exact layer.</param>
/// <param name="Weights">Weights of the float layer.</param>
/// <param name="MultiplyAccumulates">Of the float layer, an image.</param>
/// <param name="Lookups">Table entries added, an image.</param>
/// <param name="StoredBits">Of the table, or of the weights of an exact layer.</param>
/// <param name="BitsPerActivation">ceil(log2 c) / v: what is known of an input after the search; all its bits in an exact layer.</param>
/// <param name="RelativeError">
/// ||float - converted||² / ||float - mean||² of the layer's results before training, errors of earlier layers included; null where training was taken up
/// from its checkpoint.
/// </param>
public sealed record LayerReport(
    string Name, LayerRule Rule, ExactReason? Exact, int Subspaces, long Weights, long MultiplyAccumulates, long Lookups, long StoredBits,
    double BitsPerActivation, double? RelativeError)
{
    /// <summary>Stored bits for each weight of the float layer.</summary>
    public double BitsPerWeight => (double)StoredBits / Weights;

    /// <summary>One report a convolution or linear layer, in order.</summary>
    /// <param name="errors">Relative errors by layer; those that are not known are left out.</param>
    internal static IReadOnlyList<LayerReport> Of(LutNetwork network, IReadOnlyDictionary<string, double> errors) =>
    [
        .. network.Graph.Operations.OfType<MatrixOperation>().Select(
            op => Of(op, network.Matrices[op.Name], errors.TryGetValue(op.Name, out var error) ? error : null)),
    ];

    internal static LayerReport Of(MatrixOperation op, ConvertedMatrix matrix, double? error)
    {
        var (format, weights) = (matrix.Format, op.WeightShape.Aggregate(1L, (product, side) => product * side));
        switch (matrix)
        {
            case LutMatrix { Geometry: var geometry }:
                var lookups = (long)geometry.SubspaceCount * op.OutputChannels;
                var rule = new LayerRule(op.Name)
                {
                    VectorLength = format.VectorLength, CentroidCount = format.CentroidCount, Metric = format.Metric, TableBits = format.TableBits,
                };
                return new LayerReport(
                    op.Name, rule, null, geometry.SubspaceCount, weights, weights * geometry.RowsPerImage, lookups * geometry.RowsPerImage,
                    lookups * format.CentroidCount * format.TableBits, (double)BitWidth.ForIndex(format.CentroidCount) / format.VectorLength, error);
            case ExactMatrix { RowsPerImage: var rows }:
                var exact = new LayerRule(op.Name) { IsExact = true, WeightBits = format.WeightBits };
                return new LayerReport(
                    op.Name, exact, format.Exact, 0, weights, weights * rows, 0, weights * format.WeightBits, format.ActivationBits, error);
            default:
                throw LutNetwork.UnknownMatrix(op.Name, matrix);
        }
    }
}

/// <summary>All layers of a network together.</summary>
/// <param name="Replaced">Multiply-accumulates of an image that lookups replace.</param>
/// <param name="BitsPerActivation">Mean over the layers, weighted with their multiply-accumulates.</param>
public sealed record LayerTotals(long Weights, long MultiplyAccumulates, long Replaced, long Lookups, long StoredBits, double BitsPerActivation)
{
    /// <summary>Stored bits for each weight of the float network.</summary>
    public double BitsPerWeight => (double)StoredBits / Weights;

    /// <summary>Of the multiply-accumulates, 0 to 1.</summary>
    public double ShareReplaced => (double)Replaced / MultiplyAccumulates;

    public static LayerTotals Of(IReadOnlyList<LayerReport> layers)
    {
        var products = layers.Sum(layer => layer.MultiplyAccumulates);
        return new LayerTotals(
            layers.Sum(layer => layer.Weights), products, layers.Where(layer => layer.Exact is null).Sum(layer => layer.MultiplyAccumulates),
            layers.Sum(layer => layer.Lookups), layers.Sum(layer => layer.StoredBits),
            layers.Sum(layer => layer.BitsPerActivation * layer.MultiplyAccumulates) / products);
    }
}
