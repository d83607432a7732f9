using System.Diagnostics;

namespace LutDla.Benchmarks;

/// <summary>Durations of contenders, taken in turns so that a slow moment of the machine falls on all of them.</summary>
internal static class Timing
{
    /// <summary>Every round [contender][round], after a run of each that does not count.</summary>
    public static Duration[][] Interleaved(IReadOnlyList<Action> contenders, int rounds)
    {
        foreach (var contender in contenders)
            contender();
        Duration[][] durations = [.. contenders.Select(_ => new Duration[rounds])];
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (i, contender) in contenders.Index())
                durations[i][round] = Measure(contender);
        }

        return durations;
    }

    /// <summary>The middle one; of an even number the upper of the two.</summary>
    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Duration Measure(Action contender)
    {
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        contender();
        return new(Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }
}

/// <summary>How long something took.</summary>
/// <param name="Seconds">On the clock.</param>
/// <param name="ProcessorSeconds">Of this process, all threads: what else the machine does counts little.</param>
internal readonly record struct Duration(double Seconds, double ProcessorSeconds);
