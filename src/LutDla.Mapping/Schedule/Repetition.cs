namespace LutDla.Mapping.Schedule;

/// <summary>
/// Takes equal steps one after the other until the machine stands as it did some steps before, only later: from then on all it does
/// repeats, and the whole periods that are left are one jump. Exact, because every event is the latest of others plus a latency, whenever
/// that is.
/// </summary>
/// <remarks>R. P. Brent, "An improved Monte Carlo factorization algorithm", 1980 (finding cycles).</remarks>
internal static class Repetition
{
    /// <param name="now">What the next steps depend on.</param>
    /// <param name="advance">Moves it by so many cycles.</param>
    public static void Run(long steps, Action step, Func<Moment> now, Action<long> advance)
    {
        var (kept, age, lifetime) = (now(), 0L, 1L);
        for (var done = 0L; done < steps;)
        {
            step();
            (done, age) = (done + 1, age + 1);
            var moment = now();
            if (moment.CyclesSince(kept) is { } cycles)
            {
                var periods = (steps - done) / age;
                advance(periods * cycles);
                for (done += periods * age; done < steps; done++)
                    step();
            }
            else if (age == lifetime)
            {
                (kept, age, lifetime) = (moment, 0, 2 * lifetime);
            }
        }
    }
}

/// <summary>Where a machine stands.</summary>
/// <param name="Cycles">Of its latest events, the same ones in the same order each time.</param>
internal sealed record Moment(IReadOnlyList<long> Cycles, PlacesAhead? Places = null)
{
    /// <summary>How much later it stands as it did at <paramref name="earlier"/>; null if it stands otherwise.</summary>
    public long? CyclesSince(Moment earlier)
    {
        var cycles = Cycles[0] - earlier.Cycles[0];
        for (var i = 1; i < Cycles.Count; i++)
        {
            if (Cycles[i] - earlier.Cycles[i] != cycles)
                return null;
        }

        return Places is null || earlier.Places is null || Places.Repeat(earlier.Places, cycles) ? cycles : null;
    }
}
