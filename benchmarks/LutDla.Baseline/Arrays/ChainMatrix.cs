using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Matching;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Baseline.Arrays;

/// <summary>
/// Chains of dot units that keep their weights, one for each row and column, and the memories of their partial sums. Rows share weights,
/// columns activations.
/// </summary>
/// <param name="Blocks">Blocks of rows in a pass: the words of a memory of partial sums.</param>
/// <param name="Buffers">Passes whose partial sums are kept.</param>
/// <param name="WeightChunks">Beats in which the weights of a unit of all columns come.</param>
public sealed record ChainMatrix(
    OperandFormat Operands, ProductForm Form, int Rows, int Columns, int Chain, int Blocks, int Buffers, int AccumulatorBits,
    int WeightChunks, MemoryStyle WeightStyle, MemoryStyle PartialStyle) : Module
{
    /// <summary>Bits of the sum of a chain.</summary>
    public int ChainBits => Operands.SumBits((long)Chain * DotUnit.Products);

    public DotUnit FirstUnit => new(Operands, Form, DotAddend.Nothing, Operands.SumBits(DotUnit.Products));

    public DotUnit NextUnit => new(Operands, Form, DotAddend.Chain, ChainBits);

    public int NextUnits => Chain - 1;

    /// <summary>Bits of a column's weights in one unit, as they come.</summary>
    public int ColumnWeightBits => DotUnit.Products * Operands.WeightBits;

    public int WeightBeatBits => Columns / WeightChunks * ColumnWeightBits;

    public BoothEncoder Encoder => new(Columns * DotUnit.Products, Operands.WeightBits);

    public WeightBank Bank => new(WeightStyle, WeightChunks, WeightBeatBits);

    public Memory Partial => new(MemoryRole.Scratchpad, PartialStyle, Blocks, Columns * AccumulatorBits);

    public int BlockBits => BitWidth.ForIndex(Blocks);

    public int PartialBits => Buffers * Rows * Columns * AccumulatorBits;

    /// <summary>Cycles from the one that issues activations to the one in which their sums are written.</summary>
    public int Latency => 1 + Chain;

    public override string Name => "chain_matrix";

    public override string Template => "baseline/chain_matrix.v.scriban";

    public override IReadOnlyList<StructureTerm> Structure =>
    [
        new("delays", Rows * FirstUnit.ActivationBits * Chain * (Chain + 1) / 2), new("adders", Rows * Columns * AccumulatorBits),
        new("buffer multiplexer", Buffers == 1 ? 0 : Rows * Columns * AccumulatorBits),
        new("fan-out", Rows * Columns * Chain * (FirstUnit.ActivationBits + FirstUnit.WeightBits)),
    ];

    public override IReadOnlyList<Child> Children =>
    [
        new("gen_unit[*].u_bank", Bank, Chain),
        .. FirstUnit.IsBooth ? (Child[])[new("gen_unit[*].u_encoder", Encoder, Chain)] : [],
        new("gen_row[*].gen_column[*].u_first", FirstUnit, Rows * Columns),
        new("gen_row[*].gen_column[*].gen_next[*].u_next", NextUnit, Rows * Columns * NextUnits),
        new("gen_row[*].gen_column[*].u_extend", new SignExtend(ChainBits, AccumulatorBits), Rows * Columns),
        new("gen_buffer[*].gen_row[*].u_memory", Partial, Buffers * Rows),
    ];
}
