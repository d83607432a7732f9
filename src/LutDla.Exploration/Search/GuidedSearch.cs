using LutDla.Exploration.Spaces;

namespace LutDla.Exploration.Search;

/// <summary>What a search found, and what it took.</summary>
/// <param name="Found">Of the points that were judged.</param>
/// <param name="Evaluations">Points that were judged, each once.</param>
public sealed record SearchResult(Enumerated Found, long Evaluations);

/// <summary>
/// Looks for the best points of a space that is too large to enumerate: for each format it grows the hardware, one value at a time, as
/// long as that helps, and then shifts it between two values. It begins at the smallest hardware, or where the format before ended.
/// </summary>
/// <remarks>
/// The growth is the paper's (LUT-DLA, arXiv 2501.10658, co-design): more lanes, modules and parallel subspaces or rows up to the limits,
/// so that load, search and lookup keep each other busy. What limits a layer shows in the figures, so they alone are asked.
/// </remarks>
public sealed class GuidedSearch
{
    // Illegal points that lie between two legal ones of an axis.
    private const int MostSkipped = 4;

    private static readonly string[] FormatKeys =
        ["similarity.metric", "similarity.vector_length", "similarity.centroids", "similarity.activation_bits", "matching.table_bits"];

    private readonly DesignSpace _space;
    private readonly PointEvaluator _evaluator;
    private readonly Limit[] _limits;
    private readonly int[] _formatAxes;
    private readonly int[] _hardwareAxes;
    private readonly Dictionary<long, EvaluatedPoint> _judged = [];

    public GuidedSearch(DesignSpace space, PointEvaluator evaluator)
    {
        (_space, _evaluator) = (space, evaluator);
        _limits = [.. space.Limits.Where(l => l.Quantity != Quantity.AccuracyDrop)];
        var axes = Enumerable.Range(0, space.Axes.Count).ToLookup(i => FormatKeys.Contains(space.Axes[i].Key.Path));
        (_formatAxes, _hardwareAxes) = ([.. axes[true]], [.. axes[false]]);
    }

    /// <summary>Searches once for each objective, and, where there are several, for all of them together.</summary>
    public SearchResult Run(CancellationToken cancellation)
    {
        var objectives = _space.EnumeratedObjectives;
        double[][] weights = objectives.Count == 1
            ? [[1]]
            : [.. objectives.Select((_, i) => objectives.Select((_, j) => i == j ? 1.0 : 0).ToArray()), [.. objectives.Select(_ => 1.0)]];
        foreach (var weight in weights)
        {
            var places = new int[_space.Axes.Count];
            foreach (var format in Formats())
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var (axis, place) in _formatAxes.Zip(format))
                    places[axis] = place;
                places = Climb(places, weight);
            }
        }

        return new(Collect(), _judged.Count);
    }

    // Neighbours follow each other: from one to the next a single axis goes one up or down.
    private IEnumerable<int[]> Formats()
    {
        var counts = _formatAxes.Select(axis => _space.Axes[axis].Values.Count).ToArray();
        var all = counts.Aggregate(1L, (product, count) => product * count);
        for (var number = 0L; number < all; number++)
        {
            var (rest, places) = (number, new int[counts.Length]);
            for (var i = counts.Length - 1; i >= 0; i--)
                (rest, places[i]) = ((long, int))Math.DivRem(rest, counts[i]);
            var above = 0L;
            for (var i = 0; i < counts.Length; i++)
            {
                var place = places[i];
                if (above % 2 == 1)
                    places[i] = counts[i] - 1 - place;
                above = above * counts[i] + place;
            }

            yield return places;
        }
    }

    private int[] Climb(int[] start, double[] weights)
    {
        var best = (Places: start, Score: ScoreOf(start, weights));
        while (Grow(ref best, weights) || Shift(ref best, weights))
        {
        }

        return best.Places;
    }

    // Along each axis, up or down, in steps that double as long as they help.
    private bool Grow(ref (int[] Places, Score Score) best, double[] weights)
    {
        var improved = false;
        foreach (var axis in _hardwareAxes)
        {
            foreach (var direction in new[] { 1, -1 })
            {
                var step = 1;
                while (Along(best.Places, axis, direction * step) is { } next)
                {
                    if (ScoreOf(next, weights) is var score && score.IsBetterThan(best.Score))
                        (best, improved, step) = ((next, score), true, 2 * step);
                    else if (step > 1)
                        step = 1;
                    else
                        break;
                }
            }
        }

        return improved;
    }

    // One value up for another one down, or two at once: what a single step makes worse or illegal. Of an axis of many values a step
    // may be any power of two.
    private bool Shift(ref (int[] Places, Score Score) best, double[] weights)
    {
        foreach (var i in _hardwareAxes)
        {
            foreach (var j in _hardwareAxes.Where(axis => axis != i))
            {
                foreach (var second in Steps(_space.Axes[j].Values.Count))
                {
                    foreach (var first in new[] { 1, -1 })
                    {
                        if (Moved(best.Places, i, first) is not { } one || Moved(one, j, second) is not { } both)
                            continue;
                        if (ScoreOf(both, weights) is var score && score.IsBetterThan(best.Score))
                        {
                            best = (both, score);
                            return true;
                        }
                    }
                }
            }
        }

        return false;
    }

    private static IEnumerable<int> Steps(int count)
    {
        for (var step = 1; step == 1 || step <= count / 2; step *= 2)
        {
            yield return step;
            yield return -step;
        }
    }

    // So far along an axis, and on over points that are illegal.
    private int[]? Along(int[] places, int axis, int steps)
    {
        for (var skipped = 0; skipped <= MostSkipped; skipped++)
        {
            if (Moved(places, axis, steps + skipped * Math.Sign(steps)) is not { } moved)
                return null;
            if (Judge(moved).Verdict is PointVerdict.Kept or PointVerdict.BeyondLimits)
                return moved;
        }

        return null;
    }

    private int[]? Moved(int[] places, int axis, int steps)
    {
        var place = places[axis] + steps;
        if (place < 0 || place >= _space.Axes[axis].Values.Count)
            return null;
        int[] moved = [.. places];
        moved[axis] = place;
        return moved;
    }

    private EvaluatedPoint Judge(int[] places)
    {
        var point = _space.PointAt(places);
        return _judged.TryGetValue(point, out var known) ? known : _judged[point] = _evaluator.Evaluate(places);
    }

    private Score ScoreOf(int[] places, double[] weights)
    {
        var (verdict, figures) = Judge(places);
        if (verdict is not (PointVerdict.Kept or PointVerdict.BeyondLimits))
            return new(double.PositiveInfinity, double.NegativeInfinity);
        var excess = _limits.Sum(limit => limit.IsKept(figures[limit.Quantity])
            ? 0
            : Math.Abs(Math.Log(figures[limit.Quantity] / limit.Bound)) is var distance && double.IsFinite(distance) ? distance : 1e9);
        var value = 0.0;
        foreach (var (objective, weight) in _space.EnumeratedObjectives.Zip(weights))
            value += weight * Math.Log(figures[objective]) * (objective.IsBetterLarge() ? 1 : -1);
        return new(excess, double.IsNaN(value) ? double.NegativeInfinity : value);
    }

    private Enumerated Collect()
    {
        var fronts = new Dictionary<PointFormat, Front>();
        var verdicts = new SortedDictionary<PointVerdict, long>();
        foreach (var (point, (verdict, figures)) in _judged.OrderBy(p => p.Key))
        {
            verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
            if (verdict != PointVerdict.Kept)
                continue;
            var format = PointFormat.Of(_space.ConfigAt(_space.PlacesOf(point)));
            if (!fronts.TryGetValue(format, out var front))
                fronts[format] = front = new(_space.EnumeratedObjectives);
            front.Add(point, figures);
        }

        return new(fronts, verdicts);
    }

    /// <param name="Excess">Over the limits, in logarithms; 0 where all are kept.</param>
    private readonly record struct Score(double Excess, double Value)
    {
        public bool IsBetterThan(Score other) => Excess < other.Excess || (Excess <= other.Excess && Value > other.Value);
    }
}
