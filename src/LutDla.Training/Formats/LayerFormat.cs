using LutDla.Hardware;

namespace LutDla.Training.Formats;

/// <summary>Why a layer keeps its products.</summary>
public enum ExactReason
{
    /// <summary>Its channels are cut into groups, or it is depthwise: there is little to look up.</summary>
    Grouped,

    /// <summary>A rule says so.</summary>
    AskedFor,

    /// <summary>It has the largest weights of a layer whose other products are looked up.</summary>
    Largest,
}

/// <summary>The integer format of one layer: <see cref="QuantisationOptions"/> after all rules.</summary>
internal sealed record LayerFormat
{
    /// <summary>Null: products are replaced by lookups.</summary>
    public ExactReason? Exact { get; init; }

    /// <summary>Elements of a sub-vector, v, at most the layer's input channels.</summary>
    public required int VectorLength { get; init; }

    public required int CentroidCount { get; init; }

    public required DistanceMetric Metric { get; init; }

    public required int ActivationBits { get; init; }

    public required int TableBits { get; init; }

    /// <summary>Of an exact layer, or of the weights of a LUT layer that stay exact.</summary>
    public required int WeightBits { get; init; }

    /// <summary>How often the layer is looked up, each time with codebooks of its own; the sums are added.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Percent of the weights, the largest ones, whose products a LUT layer keeps; 0: none.</summary>
    public decimal SparsePercent { get; init; }

    /// <summary>Whether the layer becomes a sum of parts.</summary>
    public bool IsSplit => Exact is null && (Copies > 1 || SparsePercent > 0);
}
