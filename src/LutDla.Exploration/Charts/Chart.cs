namespace LutDla.Exploration.Charts;

/// <summary>Points over two axes, as a picture.</summary>
public sealed record Chart
{
    public required string Title { get; init; }

    public required ChartAxis X { get; init; }

    public required ChartAxis Y { get; init; }

    /// <summary>Later ones lie above earlier ones.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    public IReadOnlyList<ChartRange> Ranges { get; init; } = [];
}
