namespace LutDla.Hardware.Modules.Rescale;

/// <summary>Bias, multiplier, shift and clamp: an accumulator becomes a result.</summary>
public sealed record RescaleUnit(int AccumulatorBits, int OutputBits) : Cell
{
    /// <summary>Cycles: magnitude, product, rounding and clamp.</summary>
    public const int Latency = 3;

    public int MultiplierBits => RescaleFormat.MultiplierBits;

    public int ShiftBits => RescaleFormat.ShiftBits;

    /// <summary>The rescale parameters of one result column, the first one lowest; a bias has the bits of an accumulator.</summary>
    public IReadOnlyList<StreamField> ParameterFields =>
    [
        new("bias", AccumulatorBits, 1, "signed") { IsSigned = true },
        new("multiplier", MultiplierBits, 1, "unsigned"),
        new("shift", ShiftBits, 1, "unsigned"),
    ];

    public int ParameterBits => ParameterFields.Sum(f => f.TotalBits);

    public override IReadOnlyList<StructureTerm> Structure => 
    [
        new("multiplier", (AccumulatorBits + 1) * MultiplierBits), new("accumulator", AccumulatorBits), new("output", OutputBits),
    ];

    public override string Name => "rescale_unit";

    public override IReadOnlyList<ModuleParameter> Parameters =>
    [
        new(nameof(AccumulatorBits), AccumulatorBits), new(nameof(MultiplierBits), MultiplierBits),
        new(nameof(ShiftBits), ShiftBits), new(nameof(OutputBits), OutputBits),
    ];
}
