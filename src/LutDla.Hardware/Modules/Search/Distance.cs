using LutDla.Hardware.Configuration;

namespace LutDla.Hardware.Modules.Search;

/// <summary>The distance of a sub-vector from a centroid; combinational and exact.</summary>
public sealed record Distance(DistanceMetric Metric, int VectorLength, int ElementBits) : Cell
{
    public int DistanceBits => DistanceBounds.Bits(Metric, ElementBits, VectorLength);

    public override string Name => $"distance_{MetricName}";

    public override IReadOnlyList<ModuleParameter> Parameters =>
        [new(nameof(VectorLength), VectorLength), new(nameof(ElementBits), ElementBits), new(nameof(DistanceBits), DistanceBits)];

    public override IReadOnlyList<Child> Children => [new("u_magnitudes", new Magnitudes(VectorLength, ElementBits))];

    /// <summary>The metric as module names and configurations spell it.</summary>
    public string MetricName => RecordShape.Word(Metric);
}
