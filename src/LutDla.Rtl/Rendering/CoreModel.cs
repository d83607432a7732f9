using LutDla.Hardware;
using LutDla.Hardware.Configuration;

namespace LutDla.Rtl.Rendering;

/// <summary>A payload field as the port list of the top module prints it.</summary>
internal sealed record FieldModel(string Name, int Bits, int High, int Low, string Description);

/// <summary>A stream as the port list of the top module prints it.</summary>
internal sealed record StreamModel(
    string Name, bool IsInput, bool IsOutput, int Bits, string Summary, IReadOnlyList<FieldModel> Fields, string Separator);

/// <summary>What templates see of a core: its numbers, plus names and lists that only text needs.</summary>
internal sealed class CoreModel(Core core)
{
    public string Name => core.Name;
    public string MetricName => MetricText(core.Metric);
    public string UnitName => core.Unit == SimilarityUnit.Chain ? "chain" : "tree";
    public string CodebookStyle => StyleText(core.Memories.Codebooks);
    public string TableStyle => StyleText(core.Memories.Tables);
    public string ScratchpadStyle => StyleText(core.Memories.Scratchpad);
    public string IndexBufferStyle => StyleText(core.Memories.IndexBuffer);
    public string ParameterStyle => StyleText(core.Memories.Parameters);
    public bool TablesInRam => core.Memories.Tables is MemoryStyle.FpgaRam or MemoryStyle.Macro;

    public int Rows => core.Rows;
    public int Subspaces => core.Subspaces;
    public int Centroids => core.Centroids;
    public int VectorLength => core.VectorLength;
    public int ActivationBits => core.ActivationBits;
    public int VectorBits => core.VectorBits;
    public int DistanceBits => core.DistanceBits;
    public int IndexBits => core.IndexBits;
    public int IndexBeatBits => core.IndexBeatBits;
    public int SearchLatency => core.SearchLatency;
    public int StageLevels => Core.ArgminStageLevels;
    public int TableBits => core.TableBits;
    public int Lanes => core.Lanes;
    public int Modules => core.Modules;
    public int LastModule => core.Modules - 1;
    public int LastLoadStep => core.LoadSteps - 1;
    public int LastLoadChunk => core.LoadChunks - 1;
    public int LastCentroid => core.Centroids - 1;
    public int ModuleBits => BitWidth.ForIndex(core.Modules);
    public int LoadLanes => core.LoadLanes;
    public int LoadChunks => core.LoadChunks;
    public int LoadChunkBits => BitWidth.ForIndex(core.LoadChunks);
    public int LoadSubspaces => core.LoadSubspaces;
    public int LoadSteps => core.LoadSteps;
    public int LoadStepBits => BitWidth.ForIndex(core.LoadSteps);
    public int ModuleWriteBits => core.LoadSteps * core.LoadChunks;
    public int GroupSumBits => core.GroupSumBits;
    public int AccumulatorBits => core.AccumulatorBits;
    public int AdderStages => core.AdderStages;
    public int AccumulateLatency => core.AccumulateLatency;
    public int LookupsPerCycle => core.LookupsPerCycle;
    public int Buffers => core.Buffers;
    public int MaximumBlocks => core.MaximumBlocks;
    public int BlockBits => core.BlockBits;
    public int GroupBits => core.GroupBits;
    public int RowBits => core.RowBits;
    public int LastRow => core.Rows - 1;
    public int ModuleScratchpadBits => core.Buffers * core.Rows * core.Lanes * core.AccumulatorBits;
    public int ScratchpadBits => core.Modules * ModuleScratchpadBits;
    public int IndexBufferBeats => core.IndexBufferBeats;
    public int IndexBufferLast => core.IndexBufferBeats - 1;
    public int IndexAddressBits => BitWidth.ForIndex(core.IndexBufferBeats);
    public int IndexCountBits => BitWidth.ForMaximum(core.IndexBufferBeats);
    public int Units => core.Units;
    public int OutputBits => core.OutputBits;
    public int MaximumRowBeats => core.MaximumRowBeats;
    public int RowBeatBits => core.RowBeatBits;
    public int MultiplierBits => RescaleFormat.MultiplierBits;
    public int ShiftBits => RescaleFormat.ShiftBits;
    public int ParameterBits => core.ParameterBits;
    public IReadOnlyList<StreamField> ParameterFields => core.ParameterFields;
    public int RescaleLatency => core.RescaleLatency;
    public int CommandFifoDepth => core.CommandFifoDepth;
    public int CommandFifoCountBits => BitWidth.ForMaximum(core.CommandFifoDepth);
    public int SearchCommandBits => core.BlockBits + core.GroupBits;
    public int PassCommandBits => core.BlockBits + core.GroupBits + 1;
    public int DrainCommandBits => core.BlockBits + core.RowBits + core.RowBeatBits + 2 * core.OutputBits;
    public int CodebookBeatBits => core.Streams.Codebook.PayloadBits;
    public int ActivationBeatBits => core.Streams.Activation.PayloadBits;
    public int TableBeatBits => core.Streams.Table.PayloadBits;
    public int ParameterBeatBits => core.Streams.Parameter.PayloadBits;
    public int ResultBeatBits => core.Streams.Result.PayloadBits;

    public IReadOnlyList<FieldModel> CommandFields => Fields(core.Streams.Command);

    public IReadOnlyList<StreamModel> Streams =>
    [
        .. core.Streams.All.Select((stream, i) => new StreamModel(
            stream.Name, stream.Role == StreamRole.Input, stream.Role == StreamRole.Output, stream.PayloadBits,
            stream.Summary, Fields(stream), i == core.Streams.All.Count - 1 ? "" : ",\n")),
    ];

    public static string MetricText(DistanceMetric metric) => metric switch
    {
        DistanceMetric.L1 => "l1",
        DistanceMetric.L2 => "l2",
        DistanceMetric.Chebyshev => "chebyshev",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "This metric has no template."),
    };

    public static string StyleText(MemoryStyle style) => style switch
    {
        MemoryStyle.FlipFlop => "flip_flop",
        MemoryStyle.Latch => "latch",
        MemoryStyle.FpgaRam => "fpga_ram",
        MemoryStyle.Macro => "macro",
        _ => throw new ArgumentOutOfRangeException(nameof(style), style, "This memory style has no cell."),
    };

    private static List<FieldModel> Fields(CoreStream stream) =>
    [
        .. stream.Fields.Select(f =>
        {
            var low = stream.OffsetOf(f.Name);
            var repeated = f.Count == 1 ? "" : $"{f.Count} x {f.Bits} bits, ";
            return new FieldModel(f.Name, f.TotalBits, low + f.TotalBits - 1, low, $"{f.Name}: {repeated}{f.Meaning}");
        }),
    ];
}
