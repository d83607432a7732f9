using System.Diagnostics;

namespace LutDla.Benchmarks;

/// <summary>Durations of contenders, taken in turns so that a slow moment of the machine falls on all of them.</summary>
internal static class Timing
{
    /// <summary>Seconds of every round [contender][round], after a run of each that does not count.</summary>
    public static double[][] Interleaved(IReadOnlyList<Action> contenders, int rounds)
    {
        foreach (var contender in contenders)
            contender();
        double[][] seconds = [.. contenders.Select(_ => new double[rounds])];
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (i, contender) in contenders.Index())
                seconds[i][round] = Seconds(contender);
        }

        return seconds;
    }

    /// <summary>The middle one; of an even number the upper of the two.</summary>
    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double Seconds(Action contender)
    {
        var start = Stopwatch.GetTimestamp();
        contender();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
