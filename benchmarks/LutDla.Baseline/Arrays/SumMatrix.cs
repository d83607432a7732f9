using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;

namespace LutDla.Baseline.Arrays;

/// <summary>Dot units that keep their sums: rows share activations, columns share weights.</summary>
/// <param name="HoldStyle">What keeps finished sums until they have left.</param>
public sealed record SumMatrix(DotUnit Unit, int Rows, int Columns, MemoryStyle HoldStyle) : Module
{
    /// <summary>Bits of a column's weights as they come.</summary>
    public int ColumnWeightBits => DotUnit.Products * Unit.Operands.WeightBits;

    public BoothEncoder Encoder => new(Columns * DotUnit.Products, Unit.Operands.WeightBits);

    public SumHold Hold => new(HoldStyle, Unit.SumBits);

    public override string Name => "sum_matrix";

    public override string Template => "baseline/sum_matrix.v.scriban";

    public override IReadOnlyList<StructureTerm> Structure =>
    [
        new("activations", Rows * Unit.ActivationBits), new("weights", Columns * Unit.WeightBits),
        new("fan-out", Rows * Columns * (Unit.ActivationBits + Unit.WeightBits)),
    ];

    public override IReadOnlyList<Child> Children =>
    [
        .. Unit.IsBooth ? (Child[])[new("u_encoder", Encoder)] : [],
        new("gen_row[*].gen_column[*].u_unit", Unit, Rows * Columns), new("gen_row[*].gen_column[*].u_hold", Hold, Rows * Columns),
    ];
}
