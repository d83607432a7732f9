namespace LutDla.Hardware.Modules.Search;

/// <summary>|x - p| of each pair of elements.</summary>
public sealed record Magnitudes(int VectorLength, int ElementBits) : Cell
{
    public override IReadOnlyList<StructureTerm> Structure => 
    [
        new("elements", VectorLength), new("bits", VectorLength * ElementBits),
        new("carries", VectorLength * ElementBits * ElementBits),
    ];

    public override string Name => "magnitudes";

    public override IReadOnlyList<ModuleParameter> Parameters =>
        [new(nameof(VectorLength), VectorLength), new(nameof(ElementBits), ElementBits)];
}
