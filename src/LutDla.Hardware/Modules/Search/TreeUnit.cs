namespace LutDla.Hardware.Modules.Search;

/// <summary>Compares a sub-vector with all centroids at once.</summary>
public sealed record TreeUnit(DistanceMetric Metric, int VectorLength, int ElementBits, int Centroids)
    : CentroidUnit(Metric, VectorLength, ElementBits, Centroids)
{
    public ArgminTree Argmin => new(Centroids, Distance.DistanceBits);

    /// <summary>Registers of the sub-vector and of the distances, then the argmin tree.</summary>
    public override int Latency => 2 + Argmin.Latency;

    public override IReadOnlyList<StructureTerm> Structure => 
    [
        new("vector", VectorBits), new("distances", Centroids * Distance.DistanceBits), new("fan-out", Centroids * VectorBits),
    ];

    public override string Name => $"ccu_tree_{Distance.MetricName}";

    public override string Template => "ccm/ccu_tree.v.scriban";

    public override IReadOnlyList<Child> Children => [new("gen_centroid[*].u_distance", Distance, Centroids), new("u_argmin", Argmin)];
}
