namespace LutDla.Exploration.Charts;

/// <summary>One direction of a chart.</summary>
public sealed record ChartAxis
{
    private const int WantedTicks = 6;

    private static readonly double[] StepFactors = [1, 2, 5, 10];

    private ChartAxis(string label, double[] ticks, bool isLogarithmic)
    {
        (Label, Ticks, IsLogarithmic) = (label, ticks, isLogarithmic);
    }

    /// <summary>What is shown, with its unit.</summary>
    public string Label { get; }

    /// <summary>Values with a line and a number, rising; the first and the last one are the ends.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Whether equal lengths are equal ratios instead of equal differences.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Steps of 1, 2 or 5 times a power of ten, as far as the values reach.</summary>
    /// <param name="values">Any number of them; none: 0 to 1.</param>
    public static ChartAxis Linear(string label, IEnumerable<double> values)
    {
        var all = values.DefaultIfEmpty(0).ToList();
        var (low, high) = (all.Min(), all.Max());
        if (high <= low) high = low + 1;
        var rough = (high - low) / WantedTicks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * StepFactors.First(factor => factor * power >= rough);
        var (first, last) = ((int)Math.Floor(low / step), (int)Math.Ceiling(high / step));
        return new(label, [.. Enumerable.Range(first, last - first + 1).Select(i => i * step)], isLogarithmic: false);
    }

    /// <summary>Powers of two, as far as the values and 1 reach.</summary>
    /// <param name="values">Above 0; none: 1 to 2.</param>
    public static ChartAxis Binary(string label, IEnumerable<double> values)
    {
        var all = values.DefaultIfEmpty(1).ToList();
        List<double> ticks = [1];
        while (ticks[0] > all.Min()) ticks.Insert(0, ticks[0] / 2);
        while (ticks[^1] < all.Max() || ticks.Count == 1) ticks.Add(ticks[^1] * 2);
        return new(label, [.. ticks], isLogarithmic: true);
    }

    /// <summary>Where a value lies: 0 at the first tick, 1 at the last one.</summary>
    internal double Place(double value) => (Stretch(value) - Stretch(Ticks[0])) / (Stretch(Ticks[^1]) - Stretch(Ticks[0]));

    private double Stretch(double value) => IsLogarithmic ? Math.Log(value) : value;
}
