namespace LutDla.Mapping.Schedule;

/// <summary>A double-buffered memory that loads as soon as it may: its shadow fills while the active copy works.</summary>
/// <param name="beats">Beats of one load.</param>
internal sealed class LoadTiming(int beats)
{
    // The last beat lands in the shadow a cycle after it was taken, and is visible in the next.
    private const int LandingCycles = 1;

    /// <summary>The first cycle in which the shadow is complete and may be swapped.</summary>
    public long Full { get; private set; } = beats + LandingCycles;

    /// <summary>The shadow becomes the active copy in this cycle; the next load begins in the one after it.</summary>
    public void Swap(long cycle) => Full = cycle + 1 + beats + LandingCycles;
}
