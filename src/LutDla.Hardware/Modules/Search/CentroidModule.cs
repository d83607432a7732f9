using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;
using LutDla.Hardware.Modules.Streams;

namespace LutDla.Hardware.Modules.Search;

/// <summary>The centroid computation module (CCM): a codebook a parallel subspace, and for each a CCU a parallel row.</summary>
public sealed record CentroidModule(
    CentroidUnit Unit, MemoryStyle CodebookStyle, int SubspacesInParallel, int RowsInParallel, int BlockBits, int GroupBits)
    : Module
{
    public int VectorBits => Unit.VectorBits;

    public int CodebookBeatBits => SubspacesInParallel * VectorBits;

    public int ActivationBeatBits => RowsInParallel * SubspacesInParallel * VectorBits;

    public int IndexBeatBits => RowsInParallel * SubspacesInParallel * Unit.IndexBits;

    /// <summary>Cycles from the one that accepts an activation beat to the one in which its indices leave.</summary>
    public int Latency => Unit.Latency;

    /// <summary>Whether a swap of codebooks reaches centroid after centroid rather than all at once.</summary>
    public bool SwapTravels => Unit is ChainUnit;

    public CodebookLoader Loader => new(Unit.Centroids, CodebookBeatBits);

    public Codebook Codebook => new(CodebookStyle, Unit.Centroids, VectorBits);

    public override IReadOnlyList<StructureTerm> Structure => 
    [
        new("latency", Latency), new("travelling swap", SwapTravels ? Unit.Centroids : 0), new("group", GroupBits), new("block", BlockBits),
    ];

    public override string Name => "ccm";

    public override string Template => "ccm/ccm.v.scriban";

    public override IReadOnlyList<Child> Children =>
    [
        new("u_block", new Counter(BlockBits)),
        new("u_group", new Counter(GroupBits)),
        new("u_loader", Loader),
        new("gen_subspace[*].u_codebook", Codebook, SubspacesInParallel),
        new("gen_subspace[*].gen_row[*].u_ccu", Unit, SubspacesInParallel * RowsInParallel),
    ];
}
