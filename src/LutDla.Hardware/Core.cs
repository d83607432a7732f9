using LutDla.Boundary;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Matching;
using LutDla.Hardware.Modules.Rescale;
using LutDla.Hardware.Modules.Search;
using LutDla.Hardware.Modules.Streams;

namespace LutDla.Hardware;

/// <summary>
/// The streaming core of a legal <see cref="DesignConfig"/>: its tree of modules and its streams, and the numbers in which schedule and
/// cycle model see it. Letters as in docs/architecture.md: P subspaces and R rows in parallel.
/// </summary>
public sealed record Core
{
    private Core(DesignConfig config) => Config = config;

    /// <exception cref="InvalidInputException">The configuration breaks a rule; holds all that it breaks.</exception>
    public static Core From(DesignConfig config)
    {
        var place = $"design {config.Name}";
        InputProblem[] problems = [.. DesignRules.Problems(config).Select(p => new InputProblem(place, p.Key, p.Value, p.Rule, p.Mend))];
        return problems.Length == 0 ? new Core(config) : throw new InvalidInputException(problems);
    }

    /// <summary>A core of values that are each within their own range; null where they do not go together.</summary>
    public static Core? Find(DesignConfig config) => DesignRules.GoTogether(config) ? new(config) : null;

    public DesignConfig Config { get; }

    public string Name => Config.Name;

    /// <summary>The top module.</summary>
    public string TopName => Top.NameIn(Name);

    // --- Modules and streams.

    /// <summary>The root of the tree of modules.</summary>
    public StreamingCore Top => field ??= new StreamingCore(Streams, Search, IndexBuffer, Matching, MatchingModules, Drain);

    /// <summary>The CCM.</summary>
    public CentroidModule Search => field ??= new CentroidModule(
        CentroidUnit.Of(Config.Similarity), Config.Memories.Codebooks, SubspacesInParallel, RowsInParallel, BlockBits, GroupBits);

    public IndexBuffer IndexBuffer => field ??= new IndexBuffer(
        Config.Memories.IndexBuffer, Config.Tile.IndexBufferBeats, Search.IndexBeatBits, BlockBits, GroupBits);

    /// <summary>One of the IMMs.</summary>
    public MatchingModule Matching => field ??= new MatchingModule(
        Config.Matching, Config.Memories, Centroids, Division.RoundedUp(Config.Tile.Rows, RowsInParallel), ScratchpadBuffers,
        AccumulatorBits);

    public Drain Drain => field ??= new Drain(Matching, MatchingModules, Config.Memories.Parameters, RescaleUnits, OutputBits);

    public CoreStreams Streams => field ??= new CoreStreams(this);

    // --- What the configuration says.
    public DistanceMetric Metric => Config.Similarity.Metric;

    public int ActivationBits => Config.Similarity.ActivationBits;

    public int VectorLength => Config.Similarity.VectorLength;

    public int Centroids => Config.Similarity.Centroids;

    public int TableBits => Config.Matching.TableBits;

    public int Lanes => Config.Matching.Lanes;

    public int MatchingModules => Config.Matching.Modules;

    /// <summary>P.</summary>
    public int SubspacesInParallel => Config.Matching.SubspacesInParallel;

    /// <summary>R.</summary>
    public int RowsInParallel => Config.Matching.RowsInParallel;

    public int LoadLanes => Matching.LoadLanes;

    public int LoadSubspaces => Matching.LoadSubspaces;

    public int RescaleUnits => Config.Rescale.Units;

    public int OutputBits => Config.Rescale.OutputBits;

    public int ScratchpadBuffers => Config.Tile.ScratchpadBuffers;

    public int IndexBufferBeats => Config.Tile.IndexBufferBeats;

    // --- Counts.

    /// <summary>Output columns of one pass: all lanes of all IMMs.</summary>
    public int Columns => Lanes * MatchingModules;

    /// <summary>Groups of P subspaces in the longest sum.</summary>
    public int MaximumGroups => Division.RoundedUp(Config.Tile.MaximumSubspaces, SubspacesInParallel);

    /// <summary>Beats of the table stream that write one row of a table.</summary>
    public int LoadChunks => Matching.LoadChunks;

    /// <summary>Steps in which the P tables of an IMM are loaded.</summary>
    public int LoadSteps => Matching.LoadSteps;

    /// <summary>Beats of the codebook stream for one group.</summary>
    public int CodebookLoadBeats => Centroids;

    /// <summary>Beats of the table stream for one group: IMM by IMM, LoadSubspaces at a time, entry by entry, chunk by chunk.</summary>
    public int TableLoadBeats => MatchingModules * LoadSteps * Centroids * LoadChunks;

    /// <summary>Lookups (one table entry added for one row and column) in a cycle.</summary>
    public int LookupsPerCycle => Top.LookupsPerCycle;

    // --- Widths.
    public int IndexBits => Search.Unit.IndexBits;

    /// <summary>Bits of a partial sum, W.</summary>
    public int AccumulatorBits => Config.Tile.AccumulatorBits != 0
        ? Math.Max(Config.Tile.AccumulatorBits, BitWidth.ForSum(SubspacesInParallel, TableBits))
        : BitWidth.ForSum((long)MaximumGroups * SubspacesInParallel, TableBits);

    /// <summary>A bias has the bits of an accumulator (docs/arithmetic.md, section 4).</summary>
    public int BiasBits => AccumulatorBits;

    public int BlockBits => Matching.BlockBits;

    public int RowBits => Drain.RowBits;

    public int GroupBits => BitWidth.ForIndex(MaximumGroups);

    public int RowBeatBits => Drain.RowBeatBits;

    /// <summary>The rescale parameters of one result column, the first one lowest.</summary>
    public IReadOnlyList<StreamField> ParameterFields => Drain.Unit.ParameterFields;

    public int ParameterBits => Drain.Unit.ParameterBits;

    // --- Latencies, in cycles.

    /// <summary>From the cycle that accepts an activation beat to the cycle in which its indices are written to the index buffer.</summary>
    public int SearchLatency => Search.Latency;

    /// <summary>From the cycle that issues a lookup to the cycle in which its partial sum is written.</summary>
    public int AccumulateLatency => Matching.Latency;

    /// <summary>From the cycle that takes a row beat off the scratchpad to the cycle that offers its results.</summary>
    public int RescaleLatency => Drain.Latency;

    /// <summary>Entries of the FIFO that each consumer of the command stream has.</summary>
    public int CommandFifoDepth => CommandQueue.Depth;
}
