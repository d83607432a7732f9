using LutDla.Hardware;
using LutDla.Mapping.Schedule;

namespace LutDla.Mapping.Costs;

/// <summary>What may limit a layer.</summary>
public enum LayerLimit
{
    Search,
    Lookup,
    Tables,
    Results,
    Memory,
}

/// <summary>The cycles that each part of a core is busy with a layer: no layer takes fewer than the busiest.</summary>
/// <param name="Search">Codebooks loaded and sub-vectors searched.</param>
/// <param name="Lookup">Index beats looked up.</param>
/// <param name="Tables">Tables loaded.</param>
/// <param name="Results">Parameters taken and results sent.</param>
/// <param name="Memory">All streams over the port to the memory; 0 where none is given.</param>
public readonly record struct PartCycles(long Search, long Lookup, long Tables, long Results, long Memory)
{
    /// <summary>The cycles of what is busy for longest.</summary>
    public long Bound => Math.Max(Math.Max(Search, Lookup), Math.Max(Math.Max(Tables, Results), Memory));

    /// <summary>What is busy for longest; of equals the first.</summary>
    public LayerLimit Limit =>
        Bound == Search ? LayerLimit.Search
        : Bound == Lookup ? LayerLimit.Lookup
        : Bound == Tables ? LayerLimit.Tables
        : Bound == Results ? LayerLimit.Results
        : LayerLimit.Memory;

    /// <summary>
    /// The paper's omega: the slowest of load, similarity and lookup, and the latency of the search to fill the pipeline.
    /// </summary>
    public long Omega(Core core) => Math.Max(Tables, Math.Max(Search, Lookup)) + core.SearchLatency;

    /// <summary>Of all passes of a layer.</summary>
    public static PartCycles Of(Core core, LayerShape shape, MemoryPort? memory = null)
    {
        var sum = default(PartCycles);
        foreach (var (pass, count) in LayerSchedule.Kinds(core, shape, stackalloc (TilePass, long)[LayerSchedule.MostKinds]))
        {
            var groups = count * pass.Groups;
            sum = new(
                sum.Search + (pass.Search ? groups * Math.Max(pass.Blocks, LoadTiming.Period(core.CodebookLoadBeats)) : 0),
                sum.Lookup + count * pass.Beats,
                sum.Tables + groups * LoadTiming.Period(core.TableLoadBeats),
                sum.Results + count * (pass.ResultBeats + pass.RowBeats + 1),
                sum.Memory + (memory is null ? 0 : count * memory.Cycles(StreamTraffic.Of(core, pass).Total)));
        }

        return sum;
    }
}
