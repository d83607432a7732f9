namespace LutDla.Hardware;

/// <summary>
/// The streams of the core, each made when it is asked for: the one home of every payload layout. Templates, stimuli and documents read
/// them here.
/// </summary>
public sealed class CoreStreams(Core core)
{
    /// <summary>One command a pass of a tile over one set of columns.</summary>
    public CoreStream Command => field ??= new("command", StreamRole.Input, "Tile commands.",
    [
        new("last_block", core.BlockBits, 1, $"blocks of {core.RowsInParallel} rows, less 1"),
        new("last_row", core.RowBits, 1, "rows of the last block that leave, less 1"),
        new("last_group", core.GroupBits, 1, $"groups of {core.SubspacesInParallel} subspaces, less 1"),
        new("last_beat", core.RowBeatBits, 1, "result beats of a row, less 1"),
        new("search", 1, 1, "1: activations come and are searched; 0: the indices kept by the command before are used again"),
        new("keep", 1, 1, "1: the indices stay for the next command"),
        new("minimum", core.OutputBits, 1, "lowest result, signed") { IsSigned = true },
        new("maximum", core.OutputBits, 1, "highest result, signed") { IsSigned = true },
    ]);

    /// <summary>c beats a group.</summary>
    public CoreStream Codebook => field ??= new(
        "codebook", StreamRole.Input, "Codebooks of a group: centroid 0 of each parallel subspace, then centroid 1, ...",
    [
        new("elements", core.ActivationBits, core.SubspacesInParallel * core.VectorLength,
            "subspace by subspace, element by element, signed")
            { IsSigned = true },
    ]) { NarrowedBy = ["matching.subspaces_in_parallel"] };

    /// <summary>One beat a block and group.</summary>
    public CoreStream Activation => field ??= new(
        "activation", StreamRole.Input, "Sub-vectors of a block for one group; block by block, then group by group.",
    [
        new(
            "elements", core.ActivationBits, core.RowsInParallel * core.SubspacesInParallel * core.VectorLength,
            "row by row, subspace by subspace, element by element, signed") { IsSigned = true },
    ]) { NarrowedBy = ["matching.rows_in_parallel", "matching.subspaces_in_parallel"] };

    /// <summary><see cref="Core.TableLoadBeats"/> beats a group.</summary>
    public CoreStream Table => field ??= new("table", StreamRole.Input,
        $"Tables of a group: module by module, {core.LoadSubspaces} of its subspaces at a time, entry by entry, {core.LoadLanes} lanes " +
        "at a time.",
    [
        new(
            "entries", core.TableBits, core.LoadSubspaces * core.LoadLanes,
            "subspace by subspace, lane by lane, signed") { IsSigned = true },
    ]) { NarrowedBy = ["matching.load_lanes", "matching.load_subspaces"] };

    /// <summary>As many beats as a row has result beats, once a command.</summary>
    public CoreStream Parameter => field ??= new(
        "parameter", StreamRole.Input, "Rescale parameters of the columns, a beat for each result beat of a row.",
    [
        new("columns", core.ParameterBits, core.RescaleUnits,
            $"from the lowest bit: {string.Join(", ", core.ParameterFields.Select(f => $"{f.Name} ({f.Bits}, {f.Meaning})"))}")
            { Parts = core.ParameterFields },
        new("last", 1, 1, "the last beat"),
    ]) { NarrowedBy = ["rescale.units"] };

    /// <summary>Row by row; <c>row_beats</c> beats each.</summary>
    public CoreStream Result => field ??= new("result", StreamRole.Output, "Results, row by row.",
    [
        new("values", core.OutputBits, core.RescaleUnits, "lowest column first, signed") { IsSigned = true },
        new("last", 1, 1, "the last beat of the command"),
    ]) { NarrowedBy = ["rescale.units"] };

    /// <summary>What the search found, for observation only.</summary>
    public CoreStream Index => field ??= new(
        "index", StreamRole.Monitor, "Indices as they enter the index buffer; an observation that needs no connection.",
    [
        new("indices", core.IndexBits, core.RowsInParallel * core.SubspacesInParallel, "row by row, subspace by subspace"),
    ]) { NarrowedBy = ["matching.rows_in_parallel", "matching.subspaces_in_parallel"] };

    /// <summary>All, in the order of the port list.</summary>
    public IReadOnlyList<CoreStream> All => [Command, Codebook, Activation, Table, Parameter, Result, Index];
}
