using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Hardware.Modules.Matching;

/// <summary>An in-memory matching module (IMM): a table a parallel subspace, lanes for each parallel row, and their scratchpad.</summary>
/// <param name="Entries">Rows of a table.</param>
/// <param name="Blocks">Blocks of parallel rows in a tile: the words of the scratchpad.</param>
/// <param name="Buffers">Tiles that the scratchpad holds.</param>
public sealed record MatchingModule(
    MatchingConfig Config, MemoryConfig Memories, int Entries, int Blocks, int Buffers, int AccumulatorBits) : Module
{
    public int Lanes => Config.Lanes;

    public int SubspacesInParallel => Config.SubspacesInParallel;

    public int RowsInParallel => Config.RowsInParallel;

    public int LoadLanes => Config.LoadLanes == 0 ? Lanes : Config.LoadLanes;

    public int LoadSubspaces => Config.LoadSubspaces;

    /// <summary>Beats of the table stream that write one row of a table: its parts.</summary>
    public int LoadChunks => Lanes / LoadLanes;

    /// <summary>Steps in which the tables are loaded.</summary>
    public int LoadSteps => SubspacesInParallel / LoadSubspaces;

    public int WriteEnableBits => LoadSteps * LoadChunks;

    public int IndexBits => BitWidth.ForIndex(Entries);

    public int IndexBeatBits => RowsInParallel * SubspacesInParallel * IndexBits;

    public int TableBeatBits => LoadSubspaces * ChunkBits;

    public int BlockBits => BitWidth.ForIndex(Blocks);

    /// <summary>Bits of the rows that all buffers have on their outputs.</summary>
    public int ScratchpadBits => Buffers * RowsInParallel * Lanes * AccumulatorBits;

    /// <summary>Lookups (one table entry added for one row and column) in a cycle.</summary>
    public int LookupsPerCycle => RowsInParallel * SubspacesInParallel * Lanes;

    /// <summary>Cycles from the one that issues a lookup to the one in which its partial sum is written.</summary>
    public int Latency => 1 + Lane.Tree.Latency;

    public bool TablesInRam => Memories.Tables is MemoryStyle.FpgaRam or MemoryStyle.Macro;

    public Module Bank => TablesInRam
        ? new RamTableBank(Memories.Tables, IndexBits, LoadChunks, ChunkBits, RowsInParallel)
        : new TableBank(Memories.Tables, Entries, LoadChunks, ChunkBits, RowsInParallel);

    public Lane Lane => new(SubspacesInParallel, Config.TableBits, AccumulatorBits);

    public Memory Scratchpad => new(MemoryRole.Scratchpad, Memories.Scratchpad, Blocks, Lanes * AccumulatorBits);

    public override IReadOnlyList<StructureTerm> Structure => 
    [
        new("buffer multiplexer", Buffers == 1 ? 0 : RowsInParallel * Lanes * AccumulatorBits),
        new("fan-out", RowsInParallel * Lanes),
    ];

    public override string Name => "imm";

    public override string Template => "imm/imm.v.scriban";

    public override IReadOnlyList<Child> Children =>
    [
        new("gen_table[*].u_bank", Bank, SubspacesInParallel),
        new("gen_accumulate[*].u_lane", Lane, RowsInParallel * Lanes),
        new("gen_buffer[*].gen_scratchpad[*].u_memory", Scratchpad, Buffers * RowsInParallel),
    ];

    private int ChunkBits => LoadLanes * Config.TableBits;
}
