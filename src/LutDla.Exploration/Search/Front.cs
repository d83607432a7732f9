using LutDla.Exploration.Spaces;

namespace LutDla.Exploration.Search;

/// <summary>Points that no other point betters in all objectives; of equals the one with the smallest number.</summary>
/// <remarks>The same points make the same front in whatever order they are added.</remarks>
public sealed class Front(IReadOnlyList<Quantity> objectives)
{
    private readonly List<(long Point, PointFigures Figures)> _points = [];

    /// <summary>By the first objective, the best first; then by number.</summary>
    public IReadOnlyList<(long Point, PointFigures Figures)> Points =>
    [
        .. _points.OrderBy(p => objectives[0].IsBetterLarge() ? -p.Figures[objectives[0]] : p.Figures[objectives[0]])
            .ThenBy(p => p.Point),
    ];

    /// <summary>Takes a point in, unless another is better or equal; leaves out those that it betters.</summary>
    public void Add(long point, PointFigures figures)
    {
        for (var i = 0; i < _points.Count; i++)
        {
            var other = _points[i];
            if (other.Figures.Dominates(figures, objectives) || (IsEqual(other.Figures, figures) && other.Point <= point))
                return;
        }

        _points.RemoveAll(other => figures.Dominates(other.Figures, objectives) || IsEqual(other.Figures, figures));
        _points.Add((point, figures));
    }

    public void AddAll(Front other)
    {
        foreach (var (point, figures) in other._points)
            Add(point, figures);
    }

    private bool IsEqual(PointFigures a, PointFigures b) => objectives.All(objective => a[objective].Equals(b[objective]));
}
