using LutDla.Hardware;

namespace LutDla.Golden.Model;

/// <summary>What hardware must have for a layer whatever its tables hold: known before there are any.</summary>
/// <param name="VectorLength">Elements of a sub-vector, v.</param>
/// <param name="CentroidCount">Of a subspace, c.</param>
/// <param name="ActivationBits">Of activations and centroids.</param>
/// <param name="SubspaceCount">S.</param>
public sealed record LutSizes(
    int VectorLength, int CentroidCount, DistanceMetric Metric, int ActivationBits, int TableBits, int SubspaceCount);
