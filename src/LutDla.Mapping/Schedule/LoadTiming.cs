namespace LutDla.Mapping.Schedule;

/// <summary>A double-buffered memory that loads as soon as it may: its shadow fills while the active copy works.</summary>
internal static class LoadTiming
{
    // The last beat lands in the shadow a cycle after it was taken, and is visible in the next.
    private const int LandingCycles = 1;

    /// <summary>The first cycle in which the shadow is complete and may be swapped.</summary>
    /// <param name="begin">The cycle of the first of <paramref name="beats"/>.</param>
    public static long Full(long begin, int beats) => begin + beats + LandingCycles;

    /// <summary>
    /// The same where the shadow became the active copy in <paramref name="swap"/>: the next load begins in the cycle after it.
    /// </summary>
    public static long FullAfter(long swap, int beats) => Full(swap + 1, beats);

    /// <summary>Cycles from one swap to the next, at the fewest.</summary>
    public static int Period(int beats) => beats + LandingCycles + 1;
}
