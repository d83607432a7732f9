using LutDla.Boundary;
using LutDla.Hardware.Configuration;

namespace LutDla.Hardware;

/// <summary>
/// The streaming core: everything that follows from a legal <see cref="DesignConfig"/>. Templates, golden checks, schedule, cycle
/// model and documents all read their numbers here. Letters as in docs/architecture.md: P subspaces and R rows in parallel.
/// </summary>
public sealed record Core
{
    private Core(DesignConfig config) => Config = config;

    /// <exception cref="InvalidInputException">The configuration breaks a rule; holds all that it breaks.</exception>
    public static Core From(DesignConfig config)
    {
        InputProblem[] problems = [.. DesignRules.Problems(config).Select(p => new InputProblem($"design {config.Name}", p.Key, p.Value, p.Rule, p.Mend))];
        return problems.Length == 0 ? new Core(config) : throw new InvalidInputException(problems);
    }

    public DesignConfig Config { get; }

    public string Name => Config.Name;

    // --- What the configuration says, in the words of the templates.
    public DistanceMetric Metric => Config.Similarity.Metric;

    public SimilarityUnit Unit => Config.Similarity.Unit;

    public int ActivationBits => Config.Similarity.ActivationBits;

    public int VectorLength => Config.Similarity.VectorLength;

    public int Centroids => Config.Similarity.Centroids;

    public int TableBits => Config.Matching.TableBits;

    public int Lanes => Config.Matching.Lanes;

    public int Modules => Config.Matching.Modules;

    /// <summary>P.</summary>
    public int Subspaces => Config.Matching.SubspacesInParallel;

    /// <summary>R.</summary>
    public int Rows => Config.Matching.RowsInParallel;

    public int LoadLanes => Config.Matching.LoadLanes == 0 ? Lanes : Config.Matching.LoadLanes;

    public int LoadSubspaces => Config.Matching.LoadSubspaces;

    public int Units => Config.Rescale.Units;

    public int OutputBits => Config.Rescale.OutputBits;

    public int Buffers => Config.Tile.ScratchpadBuffers;

    public int IndexBufferBeats => Config.Tile.IndexBufferBeats;

    public MemoryConfig Memories => Config.Memories;

    public CoreStreams Streams => field ??= new CoreStreams(this);

    /// <summary>The top module.</summary>
    public string TopName => $"{Name}_core";

    // --- Counts.

    /// <summary>Output columns of one pass: all lanes of all IMMs.</summary>
    public int Columns => Lanes * Modules;

    /// <summary>Blocks of R rows in a full tile.</summary>
    public int MaximumBlocks => CeilingDivide(Config.Tile.Rows, Rows);

    /// <summary>Groups of P subspaces in the longest sum.</summary>
    public int MaximumGroups => CeilingDivide(Config.Tile.MaximumSubspaces, Subspaces);

    /// <summary>Result beats of one full row.</summary>
    public int MaximumRowBeats => Columns / Units;

    /// <summary>Beats of the table stream that write one lane of entries: parts of a table row.</summary>
    public int LoadChunks => Lanes / LoadLanes;

    /// <summary>Steps in which the P tables of a module are loaded.</summary>
    public int LoadSteps => Subspaces / LoadSubspaces;

    /// <summary>Beats of the codebook stream for one group.</summary>
    public int CodebookLoadBeats => Centroids;

    /// <summary>Beats of the table stream for one group: module by module, P / LoadSubspaces at a time, entry by entry, chunk by chunk.</summary>
    public int TableLoadBeats => Modules * LoadSteps * Centroids * LoadChunks;

    /// <summary>Lookups (one table entry added for one row and column) in a cycle.</summary>
    public int LookupsPerCycle => Columns * Subspaces * Rows;

    // --- Widths.
    public int VectorBits => VectorLength * ActivationBits;

    public int DistanceBits => DistanceBounds.Bits(Metric, ActivationBits, VectorLength);

    public int IndexBits => BitWidth.ForIndex(Centroids);

    public int IndexBeatBits => Rows * Subspaces * IndexBits;

    /// <summary>Bits of the sum of P entries.</summary>
    public int GroupSumBits => SumBits(Subspaces);

    /// <summary>Bits of a partial sum, W.</summary>
    public int AccumulatorBits => Config.Tile.AccumulatorBits != 0
        ? Math.Max(Config.Tile.AccumulatorBits, GroupSumBits)
        : SumBits((long)MaximumGroups * Subspaces);

    /// <summary>A bias has the bits of an accumulator.</summary>
    public int BiasBits => AccumulatorBits;

    public int BlockBits => BitWidth.ForIndex(MaximumBlocks);

    public int RowBits => BitWidth.ForIndex(Rows);

    public int GroupBits => BitWidth.ForIndex(MaximumGroups);

    public int RowBeatBits => BitWidth.ForIndex(MaximumRowBeats);

    /// <summary>The rescale parameters of one result column, the first one lowest.</summary>
    public IReadOnlyList<StreamField> ParameterFields =>
    [
        new("bias", BiasBits, 1, "signed"),
        new("multiplier", RescaleFormat.MultiplierBits, 1, "unsigned"),
        new("shift", RescaleFormat.ShiftBits, 1, "unsigned"),
    ];

    public int ParameterBits => ParameterFields.Sum(f => f.TotalBits);

    // --- Latencies, in cycles.

    /// <summary>Comparators between two registers of the argmin tree, at most.</summary>
    public const int ArgminStageLevels = 4;

    /// <summary>Registered levels of the argmin tree.</summary>
    public int ArgminStages => CeilingDivide(BitWidth.TreeLevels(Centroids), ArgminStageLevels);

    /// <summary>From the cycle that accepts an activation beat to the cycle in which its indices are written to the index buffer.</summary>
    public int SearchLatency => Unit switch
    {
        SimilarityUnit.Tree => 2 + ArgminStages, // sub-vector register, distance register, argmin
        SimilarityUnit.Chain => 1 + Centroids,   // sub-vector register, then a register a dPE
        _ => throw new InvalidOperationException($"The similarity unit {Unit} is not known."),
    };

    /// <summary>Registered levels of the adder tree: at most four addends between two registers.</summary>
    public int AdderStages => Subspaces <= 4 ? 1 : 2;

    /// <summary>From the cycle that issues a lookup to the cycle in which its partial sum is written.</summary>
    public int AccumulateLatency => 1 + AdderStages;

    /// <summary>From the cycle that takes a row beat off the scratchpad to the cycle that offers its results.</summary>
    public int RescaleLatency => 4;

    /// <summary>Entries of the FIFO that each consumer of the command stream has.</summary>
    public int CommandFifoDepth => 2;

    private int SumBits(long count) =>
        BitWidth.ForSigned(count * BitWidth.SignedMinimum(TableBits), count * BitWidth.SignedMaximum(TableBits));

    internal static int CeilingDivide(int dividend, int divisor) => (dividend + divisor - 1) / divisor;
}
