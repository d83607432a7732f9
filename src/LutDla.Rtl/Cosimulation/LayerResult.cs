using LutDla.Mapping;

namespace LutDla.Rtl.Cosimulation;

/// <summary>What a layer's run through the RTL gave.</summary>
/// <param name="IndexTransfers">Index beats compared.</param>
/// <param name="ResultTransfers">Result beats compared.</param>
/// <param name="Cycles">Simulated, up to the last result.</param>
/// <param name="ScheduledCycles">Of the cycle model, up to the last result.</param>
/// <param name="Lookups">Table entries added for real rows, subspaces and columns: M · S · N.</param>
/// <param name="Mismatch">The first difference; nothing if all transfers are equal.</param>
/// <param name="Failure">Why the simulation broke off; nothing if it ended.</param>
public sealed record LayerResult(
    string Name, LayerShape Shape, int Passes, long IndexTransfers, long ResultTransfers,
    long Cycles, long ScheduledCycles, long Lookups, TimeSpan RunTime, Mismatch? Mismatch, string? Failure)
{
    /// <summary>Every transfer equals the golden model's.</summary>
    public bool IsEqual => Mismatch is null && Failure is null;

    /// <summary>Simulated and scheduled cycles agree; stalls from outside make them differ.</summary>
    public bool IsOnSchedule => Cycles == ScheduledCycles;

    /// <summary>What is wrong, in a line: the one verdict that exit code, reports and tables are made from.</summary>
    /// <param name="stalled">Stalls from outside took part, so that cycles need not be those of the schedule.</param>
    /// <returns>Nothing if the layer is as it should be.</returns>
    public string? Problem(bool stalled)
    {
        if (!IsEqual)
            return string.Join(' ', new[] { Failure, Mismatch?.ToString() }.OfType<string>());
        return stalled || IsOnSchedule
            ? null
            : $"layer {Name}: equal, but the last result came in cycle {Cycles}, scheduled in {ScheduledCycles}.";
    }
}
