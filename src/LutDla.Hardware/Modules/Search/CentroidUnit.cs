using LutDla.Hardware.Configuration;

namespace LutDla.Hardware.Modules.Search;

/// <summary>A centroid computation unit (CCU): finds the nearest centroid of one sub-vector a cycle.</summary>
public abstract record CentroidUnit(DistanceMetric Metric, int VectorLength, int ElementBits, int Centroids) : Module
{
    public static CentroidUnit Of(SimilarityConfig c) => c.Unit switch
    {
        SimilarityUnit.Tree => new TreeUnit(c.Metric, c.VectorLength, c.ActivationBits, c.Centroids),
        SimilarityUnit.Chain => new ChainUnit(c.Metric, c.VectorLength, c.ActivationBits, c.Centroids),
        _ => throw new ArgumentOutOfRangeException(nameof(c), c.Unit, "This form of a centroid unit has no module."),
    };

    /// <summary>Cycles from a sub-vector to its index.</summary>
    public abstract int Latency { get; }

    public Distance Distance => new(Metric, VectorLength, ElementBits);

    public int IndexBits => BitWidth.ForIndex(Centroids);

    public int VectorBits => VectorLength * ElementBits;

    public int CodebookBits => Centroids * VectorBits;
}
