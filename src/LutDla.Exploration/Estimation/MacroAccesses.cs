using LutDla.Exploration.Calibration;
using LutDla.Hardware;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Exploration.Estimation;

/// <summary>How often a memory macro of a core is read and written, in accesses a cycle.</summary>
public readonly record struct MacroAccesses(double Reads, double Writes)
{
    /// <param name="activity">Shares of the time in which the parts of the core are busy.</param>
    public static MacroAccesses Of(Core core, MemoryRole role, Activity activity) => role switch
    {
        // A beat of indices is looked up in every copy, and written into one word of each when tables are loaded.
        MemoryRole.Tables => new(activity.Lookup, activity.Tables * core.Centroids / core.TableLoadBeats),
        // One buffer is added to; the drain reads a row of the other and sends it in beats.
        MemoryRole.Scratchpad => new(
            (activity.Lookup + activity.Results / core.Drain.RowBeats / core.RowsInParallel) / core.Config.Tile.ScratchpadBuffers,
            activity.Lookup / core.Config.Tile.ScratchpadBuffers),
        MemoryRole.IndexBuffer => new(activity.Lookup, activity.Search),
        MemoryRole.Parameters => new(activity.Results, 0),
        MemoryRole.Codebooks => new(activity.Search, 0),
        _ => throw new InvalidOperationException($"No accesses are known for {role}."),
    };
}
