using LutDla.Hardware;

namespace LutDla.Training.Conversion;

/// <summary>Why a layer keeps its products.</summary>
public enum ExactReason
{
    /// <summary>Its channels are cut into groups, or it is depthwise: there is little to look up.</summary>
    Grouped,

    /// <summary>A rule says so.</summary>
    AskedFor,
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

    /// <summary>Of an exact layer.</summary>
    public required int WeightBits { get; init; }
}
