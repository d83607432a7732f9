namespace LutDla.Hardware.Configuration;

/// <summary>
/// What a user writes to get a core: the record behind <c>configs/*.json</c>. Holds free choices only; every width, depth and
/// count that follows from them is a property of <see cref="Core"/>. What a value means and its range stand in its
/// <see cref="SettingAttribute"/>; legality as a whole: <see cref="DesignRules.Problems(DesignConfig)"/>.
/// </summary>
public sealed record DesignConfig
{
    [Setting(
        "Prefix of the generated modules: at most 40 lower-case letters, digits and underscores, starting with a letter.",
        Pattern = "^[a-z][a-z0-9_]{0,39}$")]
    public required string Name { get; init; }

    public required SimilarityConfig Similarity { get; init; }

    public required MatchingConfig Matching { get; init; }

    public required TileConfig Tile { get; init; }

    public required RescaleConfig Rescale { get; init; }

    public required MemoryConfig Memories { get; init; }
}

/// <summary>How a centroid computation unit (CCU) finds the nearest centroid.</summary>
public enum SimilarityUnit
{
    /// <summary>Broadcast to all distance units, then an argmin tree: smaller, a few cycles.</summary>
    Tree,

    /// <summary>The paper's linear pipeline of distance processing elements (dPE): one cycle a centroid.</summary>
    Chain,
}

/// <summary>The centroid computation module (CCM).</summary>
public sealed record SimilarityConfig
{
    [Setting("How a sub-vector is compared with a centroid: l2 (squared), l1 or chebyshev.")]
    public required DistanceMetric Metric { get; init; }

    [Setting("Bits of a signed activation and of a centroid element, A.", Minimum = 4, Maximum = 16, Unit = "bits")]
    public required int ActivationBits { get; init; }

    [Setting("Elements of a sub-vector, v.", Minimum = 1, Maximum = 16, Unit = "elements")]
    public required int VectorLength { get; init; }

    [Setting("Centroids of a codebook, c; any number, not only powers of two.", Minimum = 2, Maximum = 256, Unit = "centroids")]
    public required int Centroids { get; init; }

    [Setting(
        "How the nearest centroid is found: tree (all at once, then an argmin tree) "
        + "or chain (the paper's pipeline, one centroid a stage).")]
    public SimilarityUnit Unit { get; init; } = SimilarityUnit.Tree;
}

/// <summary>The in-memory matching modules (IMM) and what works in parallel.</summary>
public sealed record MatchingConfig
{
    [Setting("Bits of a signed table entry, B.", Minimum = 2, Maximum = 16, Unit = "bits")]
    public required int TableBits { get; init; }

    [Setting("Output columns of one IMM, Tn.", Minimum = 1, Maximum = 1024, Unit = "lanes")]
    public required int Lanes { get; init; }

    [Setting("IMMs that work on neighbouring columns of the same rows.", Minimum = 1, Maximum = 16, Unit = "modules")]
    public int Modules { get; init; } = 1;

    [Setting(
        "Subspaces looked up in one cycle, P; they meet in an adder tree before the scratchpad.", Minimum = 1, Maximum = 16,
        Unit = "subspaces")]
    public int SubspacesInParallel { get; init; } = 1;

    [Setting("Rows looked up in one cycle, R; they share table and codebook storage.", Minimum = 1, Maximum = 8, Unit = "rows")]
    public int RowsInParallel { get; init; } = 1;

    [Setting(
        "Lanes written by one beat of the table stream; divides lanes, 0 is all of them.", Minimum = 0, Maximum = 1024, Unit = "lanes")]
    public int LoadLanes { get; init; }

    [Setting(
        "Subspaces written by one beat of the table stream; divides subspaces_in_parallel.", Minimum = 1, Maximum = 16, Unit = "subspaces")]
    public int LoadSubspaces { get; init; } = 1;
}

/// <summary>The tile that stays on chip while tables pass by.</summary>
public sealed record TileConfig
{
    [Setting("Rows of a tile, M_tile.", Minimum = 1, Maximum = 65536, Unit = "rows")]
    public required int Rows { get; init; }

    [Setting(
        "The most subspaces that one result may sum, S_max; sizes counters and, by default, accumulators.", Minimum = 1, Maximum = 65536,
        Unit = "subspaces")]
    public int MaximumSubspaces { get; init; } = 512;

    [Setting(
        "Bits of a partial sum, W; 0 is as many as maximum_subspaces extreme entries need. Fewer are legal: each layer is proven to fit.",
        Minimum = 0, Maximum = 32, Unit = "bits")]
    public int AccumulatorBits { get; init; }

    /// <remarks>
    /// Where a tile's indices fit they are searched once and replayed for further column tiles while the CCM rests; where they do not,
    /// each column tile searches again.
    /// </remarks>
    [Setting(
        "Beats (R rows of P subspaces) in the index buffer: what fits is searched once and replayed.", Minimum = 4, Maximum = 1048576,
        Unit = "beats")]
    public required int IndexBufferBeats { get; init; }

    [Setting(
        "Scratchpad buffers: 2 lets results leave while the next tile accumulates, 1 halves the storage.", Minimum = 1, Maximum = 2,
        Unit = "buffers")]
    public int ScratchpadBuffers { get; init; } = 2;
}

/// <summary>The units that turn accumulators into activations.</summary>
public sealed record RescaleConfig
{
    [Setting("Results in one cycle; divides lanes.", Minimum = 1, Maximum = 1024, Unit = "results")]
    public required int Units { get; init; }

    [Setting("Bits of a signed result; each layer clamps to its own range within them.", Minimum = 2, Maximum = 16, Unit = "bits")]
    public int OutputBits { get; init; } = 16;
}

/// <summary>What a memory is built from.</summary>
public enum MemoryStyle
{
    /// <summary>Flip-flops with enables: works everywhere, largest.</summary>
    FlipFlop,

    /// <summary>Latches with clock gates: the smallest small memory of an ASIC.</summary>
    Latch,

    /// <summary>An array that FPGA tools infer as distributed or block RAM.</summary>
    FpgaRam,

    /// <summary>A wrapper module around a memory macro that the user supplies; a behavioural model is generated.</summary>
    Macro,
}

/// <summary>The style of each memory. Codebooks are read all at once, so they are flip-flops or latches.</summary>
public sealed record MemoryConfig
{
    [Setting("Codebooks: read all at once, so flip_flop or latch.")]
    public MemoryStyle Codebooks { get; init; } = MemoryStyle.FlipFlop;

    [Setting("Table banks.")]
    public MemoryStyle Tables { get; init; } = MemoryStyle.FlipFlop;

    [Setting("Scratchpad of partial sums.")]
    public MemoryStyle Scratchpad { get; init; } = MemoryStyle.FlipFlop;

    [Setting("Index buffer.")]
    public MemoryStyle IndexBuffer { get; init; } = MemoryStyle.FlipFlop;

    [Setting("Bias, multiplier and shift of the result columns.")]
    public MemoryStyle Parameters { get; init; } = MemoryStyle.FlipFlop;
}
