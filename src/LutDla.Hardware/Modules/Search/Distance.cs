using LutDla.Hardware.Configuration;

namespace LutDla.Hardware.Modules.Search;

/// <summary>The distance of a sub-vector from a centroid; combinational and exact.</summary>
public sealed record Distance(DistanceMetric Metric, int VectorLength, int ElementBits) : Cell
{
    public int DistanceBits => DistanceBounds.Bits(Metric, ElementBits, VectorLength);

    public override IReadOnlyList<StructureTerm> Structure => Metric switch
    {
        DistanceMetric.L2 =>
        [
            new("squares", VectorLength * ElementBits * ElementBits), new("elements", VectorLength * ElementBits),
            new("adders", (VectorLength - 1) * DistanceBits),
        ],
        DistanceMetric.L1 =>
            [new("adders", (VectorLength - 1) * ElementBits), new("carries", (VectorLength - 1) * (DistanceBits - ElementBits))],
        DistanceMetric.Chebyshev => [new("maxima", (VectorLength - 1) * ElementBits)],
        _ => throw new InvalidOperationException($"The metric {Metric} has no structure."),
    };

    public override string Name => $"distance_{MetricName}";

    public override IReadOnlyList<ModuleParameter> Parameters =>
        [new(nameof(VectorLength), VectorLength), new(nameof(ElementBits), ElementBits), new(nameof(DistanceBits), DistanceBits)];

    public override IReadOnlyList<Child> Children => [new("u_magnitudes", new Magnitudes(VectorLength, ElementBits))];

    /// <summary>The metric as module names and configurations spell it.</summary>
    public string MetricName => RecordShape.Word(Metric);
}
