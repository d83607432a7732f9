namespace LutDla.Hardware.Configuration;

/// <summary>
/// What a user writes to get a core: the record behind <c>configs/*.json</c>. Holds free choices only; every width, depth and
/// count that follows from them is a property of <see cref="Core"/>. Legality: <see cref="DesignRules.Problems"/>.
/// </summary>
public sealed record DesignConfig
{
    /// <summary>Prefix of the generated modules: lower-case letters, digits and underscores, starting with a letter.</summary>
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
    public required DistanceMetric Metric { get; init; }

    /// <summary>Bits of a signed activation and of a centroid element, A: 4 to 16.</summary>
    public required int ActivationBits { get; init; }

    /// <summary>Elements of a sub-vector, v: 1 to 16.</summary>
    public required int VectorLength { get; init; }

    /// <summary>Centroids of a codebook, c: 2 to 256, not only powers of two.</summary>
    public required int Centroids { get; init; }

    public SimilarityUnit Unit { get; init; } = SimilarityUnit.Tree;
}

/// <summary>The in-memory matching modules (IMM) and what works in parallel.</summary>
public sealed record MatchingConfig
{
    /// <summary>Bits of a signed table entry, B: 2 to 16.</summary>
    public required int TableBits { get; init; }

    /// <summary>Output columns of one IMM, Tn: 1 to 1024.</summary>
    public required int Lanes { get; init; }

    /// <summary>IMMs that work on neighbouring columns of the same rows: 1 to 16.</summary>
    public int Modules { get; init; } = 1;

    /// <summary>Subspaces looked up in one cycle, P: 1 to 16; they meet in an adder tree before the scratchpad.</summary>
    public int SubspacesInParallel { get; init; } = 1;

    /// <summary>Rows looked up in one cycle, R: 1 to 8; they share table and codebook storage.</summary>
    public int RowsInParallel { get; init; } = 1;

    /// <summary>Lanes written by one beat of the table stream; divides <see cref="Lanes"/>. 0: all of them.</summary>
    public int LoadLanes { get; init; }

    /// <summary>Subspaces written by one beat of the table stream; divides <see cref="SubspacesInParallel"/>.</summary>
    public int LoadSubspaces { get; init; } = 1;
}

/// <summary>The tile that stays on chip while tables pass by.</summary>
public sealed record TileConfig
{
    /// <summary>Rows of a tile, M_tile: 1 to 65536.</summary>
    public required int Rows { get; init; }

    /// <summary>The most subspaces that one result may sum, S_max: 1 to 65536; sizes counters and, by default, accumulators.</summary>
    public int MaximumSubspaces { get; init; } = 512;

    /// <summary>Bits of a partial sum, W; 0: as many as <see cref="MaximumSubspaces"/> extreme entries need. Fewer are legal: each layer is proven to fit.</summary>
    public int AccumulatorBits { get; init; }

    /// <summary>
    /// Beats (R rows of P subspaces) in the index buffer: 4 to 1048576. Where a tile's indices fit they are searched once and replayed for further
    /// column tiles while the CCM rests; where they do not, each column tile searches again.
    /// </summary>
    public required int IndexBufferBeats { get; init; }

    /// <summary>Scratchpad buffers: 2 lets results leave while the next tile accumulates, 1 halves the storage.</summary>
    public int ScratchpadBuffers { get; init; } = 2;
}

/// <summary>The units that turn accumulators into activations.</summary>
public sealed record RescaleConfig
{
    /// <summary>Results in one cycle; divides <see cref="MatchingConfig.Lanes"/>.</summary>
    public required int Units { get; init; }

    /// <summary>Bits of a signed result, 2 to 16; each layer clamps to its own range within them.</summary>
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
    public MemoryStyle Codebooks { get; init; } = MemoryStyle.FlipFlop;

    public MemoryStyle Tables { get; init; } = MemoryStyle.FlipFlop;

    public MemoryStyle Scratchpad { get; init; } = MemoryStyle.FlipFlop;

    public MemoryStyle IndexBuffer { get; init; } = MemoryStyle.FlipFlop;

    public MemoryStyle Parameters { get; init; } = MemoryStyle.FlipFlop;
}
