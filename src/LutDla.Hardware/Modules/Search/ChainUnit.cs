namespace LutDla.Hardware.Modules.Search;

/// <summary>A linear pipeline of distance elements, one a centroid, as the paper draws it.</summary>
public sealed record ChainUnit(DistanceMetric Metric, int VectorLength, int ElementBits, int Centroids)
    : CentroidUnit(Metric, VectorLength, ElementBits, Centroids)
{
    /// <summary>The register of the sub-vector, then one a centroid.</summary>
    public override int Latency => 1 + Centroids;

    public override IReadOnlyList<StructureTerm> Structure => 
    [
        new("vectors", Centroids * VectorBits), new("comparators", (Centroids - 1) * Distance.DistanceBits),
        new("indices", (Centroids - 1) * IndexBits), new("first", Distance.DistanceBits),
    ];

    public override string Name => $"ccu_chain_{Distance.MetricName}";

    public override string Template => "ccm/ccu_chain.v.scriban";

    public override IReadOnlyList<Child> Children => [new("gen_dpe[*].u_distance", Distance, Centroids)];
}
