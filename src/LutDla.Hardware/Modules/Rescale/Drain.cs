using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Matching;
using LutDla.Hardware.Modules.Storage;
using LutDla.Hardware.Modules.Streams;

namespace LutDla.Hardware.Modules.Rescale;

/// <summary>Takes finished tiles off the scratchpads, row by row, and rescales them into results.</summary>
/// <param name="Source">One of the matching modules.</param>
/// <param name="MatchingModules">How many there are.</param>
/// <param name="RescaleUnits">Results in one cycle; divides the lanes of a matching module.</param>
public sealed record Drain(
    MatchingModule Source, int MatchingModules, MemoryStyle ParameterStyle, int RescaleUnits, int OutputBits) : Module
{
    public RescaleUnit Unit => new(Source.AccumulatorBits, OutputBits);

    /// <summary>Result beats of one full row.</summary>
    public int RowBeats => MatchingModules * Source.Lanes / RescaleUnits;

    public int RowBits => BitWidth.ForIndex(Source.RowsInParallel);

    public int RowBeatBits => BitWidth.ForIndex(RowBeats);

    public int LastRow => Source.RowsInParallel - 1;

    /// <summary>Bits of the rows that all scratchpads have on their outputs.</summary>
    public int ScratchpadBits => MatchingModules * Source.ScratchpadBits;

    /// <summary>The parameters of all columns and the mark of the last beat.</summary>
    public int ParameterBeatBits => (RescaleUnits * Unit.ParameterBits) + 1;

    /// <summary>The results and the mark of the last beat.</summary>
    public int ResultBeatBits => (RescaleUnits * OutputBits) + 1;

    /// <summary>Cycles from the one that takes a row beat off the scratchpad to the one that offers its results.</summary>
    public int Latency => 1 + RescaleUnit.Latency;

    public int LastStage => Latency - 1;

    /// <summary>Registers through which the clamp's bounds travel beside a beat, to the last stage of the units.</summary>
    public IReadOnlyList<int> ClampStages => [.. Enumerable.Range(0, RescaleUnit.Latency)];

    public Memory Parameter => new(MemoryRole.Parameters, ParameterStyle, RowBeats, RescaleUnits * Unit.ParameterBits);

    public override IReadOnlyList<StructureTerm> Structure => 
    [
        new("scratchpad rows", ScratchpadBits), new("slice", RescaleUnits * Source.AccumulatorBits),
        new("select", MatchingModules * Source.Buffers * Source.RowsInParallel * RowBeats),
        new("clamp stages", OutputBits), new("counters", RowBits + RowBeatBits + Source.BlockBits),
    ];

    public override string Name => "drain";

    public override string Template => "core/drain.v.scriban";

    public override IReadOnlyList<Child> Children =>
    [
        new("u_beat", new Counter(RowBeatBits)), new("u_row", new Counter(RowBits)), new("u_block", new Counter(Source.BlockBits)),
        new("u_parameters", Parameter), new("gen_unit[*].u_rescale", Unit, RescaleUnits),
    ];
}
