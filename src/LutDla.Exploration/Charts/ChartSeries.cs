namespace LutDla.Exploration.Charts;

/// <summary>How points are shown.</summary>
public enum ChartMark
{
    /// <summary>Joined in order.</summary>
    Line,

    /// <summary>The same with gaps, for what other points are compared with.</summary>
    DashedLine,

    Dots,
}

/// <summary>A place in a chart, in units of its axes.</summary>
public readonly record struct ChartPoint(double X, double Y);

/// <summary>Points of one kind.</summary>
/// <param name="Name">For the legend; null leaves it out.</param>
public sealed record ChartSeries(string? Name, ChartColour Colour, ChartMark Mark, IReadOnlyList<ChartPoint> Points);

/// <summary>
/// Values of the vertical axis from <paramref name="Low"/> to <paramref name="High"/> that are marked at the right edge, over all of the
/// horizontal axis.
/// </summary>
public sealed record ChartRange(string Name, ChartColour Colour, double Low, double High);
