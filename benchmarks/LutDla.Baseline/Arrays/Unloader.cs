using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Rescale;
using LutDla.Hardware.Modules.Storage;
using LutDla.Hardware.Modules.Streams;

namespace LutDla.Baseline.Arrays;

/// <summary>Takes finished sums off a <see cref="SumMatrix"/>, row by row, and rescales them into results.</summary>
/// <param name="BlockBits">Bits of the number of a block in its pass.</param>
/// <param name="RescaleUnits">Results in one cycle; divides the columns.</param>
public sealed record Unloader(
    int Rows, int Columns, int AccumulatorBits, int BlockBits, MemoryStyle ParameterStyle, int RescaleUnits, int OutputBits) : Module
{
    public RescaleUnit Unit => new(AccumulatorBits, OutputBits);

    /// <summary>Result beats of one full row.</summary>
    public int RowBeats => Columns / RescaleUnits;

    public int RowBits => BitWidth.ForIndex(Rows);

    public int RowBeatBits => BitWidth.ForIndex(RowBeats);

    public int LastRow => Rows - 1;

    public int BlockSumBits => Rows * Columns * AccumulatorBits;

    /// <summary>The parameters of all columns of a beat and the mark of the last beat.</summary>
    public int ParameterBeatBits => RescaleUnits * Unit.ParameterBits + 1;

    /// <summary>The results and the mark of the last beat.</summary>
    public int ResultBeatBits => RescaleUnits * OutputBits + 1;

    /// <summary>Cycles from the one that takes a row beat off the sums to the one that offers its results.</summary>
    public int Latency => 1 + RescaleUnit.Latency;

    public int LastStage => Latency - 1;

    /// <summary>Registers through which the clamp's bounds travel beside a beat, to the last stage of the units.</summary>
    public IReadOnlyList<int> ClampStages => [.. Enumerable.Range(0, RescaleUnit.Latency)];

    public Memory Parameter => new(MemoryRole.Parameters, ParameterStyle, RowBeats, RescaleUnits * Unit.ParameterBits);

    public override string Name => "unloader";

    public override string Template => "baseline/unloader.v.scriban";

    public override IReadOnlyList<StructureTerm> Structure =>
    [
        new("sums", BlockSumBits), new("slice", RescaleUnits * AccumulatorBits), new("select", Rows * RowBeats),
        new("clamp stages", OutputBits), new("counters", RowBits + RowBeatBits + BlockBits),
    ];

    public override IReadOnlyList<Child> Children =>
    [
        new("u_beat", new Counter(RowBeatBits)), new("u_row", new Counter(RowBits)), new("u_block", new Counter(BlockBits)),
        new("u_parameters", Parameter), new("gen_unit[*].u_rescale", Unit, RescaleUnits),
    ];
}
