using System.Collections.Concurrent;
using LutDla.Exploration.Spaces;

namespace LutDla.Exploration.Search;

/// <summary>What an exhaustive enumeration of some points found.</summary>
/// <param name="Fronts">By format: the best points of the format, whatever its accuracy.</param>
/// <param name="Verdicts">How many points each has.</param>
public sealed record Enumerated(IReadOnlyDictionary<PointFormat, Front> Fronts, IReadOnlyDictionary<PointVerdict, long> Verdicts);

/// <summary>Evaluates every point of a space, and so proves what the best ones are.</summary>
/// <param name="evaluator">Makes one for each thread.</param>
public sealed class Enumeration(DesignSpace space, Func<PointEvaluator> evaluator)
{
    /// <summary>Points of a piece of work: a stopped run goes on at the next.</summary>
    public const int ChunkPoints = 1 << 14;

    public int Chunks { get; } = checked((int)((space.Count + ChunkPoints - 1) / ChunkPoints));

    /// <summary>Enumerates the chunks that are not known, and merges all.</summary>
    /// <param name="known">By number: chunks of a run that was stopped.</param>
    /// <param name="done">Is told of each chunk, by one thread at a time.</param>
    public Enumerated Run(
        IReadOnlyDictionary<int, Enumerated> known, int workers, Action<int, Enumerated> done, CancellationToken cancellation)
    {
        var results = new ConcurrentDictionary<int, Enumerated>(known);
        var evaluators = new ConcurrentBag<PointEvaluator>();
        var gate = new Lock();
        Parallel.For(
            0, Chunks, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation },
            chunk =>
            {
                if (known.ContainsKey(chunk))
                    return;
                var mine = evaluators.TryTake(out var kept) ? kept : evaluator();
                var result = OfChunk(chunk, mine, cancellation);
                evaluators.Add(mine);
                results[chunk] = result;
                lock (gate)
                    done(chunk, result);
            });
        return Merge(Enumerable.Range(0, Chunks).Select(chunk => results[chunk]));
    }

    private Enumerated OfChunk(int chunk, PointEvaluator evaluator, CancellationToken cancellation)
    {
        var fronts = new Dictionary<PointFormat, Front>();
        var verdicts = new SortedDictionary<PointVerdict, long>();
        var (first, end) = ((long)chunk * ChunkPoints, Math.Min(space.Count, ((long)chunk + 1) * ChunkPoints));
        for (var point = first; point < end; point++)
        {
            cancellation.ThrowIfCancellationRequested();
            var places = space.PlacesOf(point);
            var (verdict, figures) = evaluator.Evaluate(places);
            verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
            if (verdict != PointVerdict.Kept)
                continue;
            var format = PointFormat.Of(space.ConfigAt(places));
            if (!fronts.TryGetValue(format, out var front))
                fronts[format] = front = new(space.EnumeratedObjectives);
            front.Add(point, figures);
        }

        return new(fronts, verdicts);
    }

    private Enumerated Merge(IEnumerable<Enumerated> chunks)
    {
        var fronts = new Dictionary<PointFormat, Front>();
        var verdicts = new SortedDictionary<PointVerdict, long>();
        foreach (var chunk in chunks)
        {
            foreach (var (format, front) in chunk.Fronts)
            {
                if (!fronts.TryGetValue(format, out var all))
                    fronts[format] = all = new(space.EnumeratedObjectives);
                all.AddAll(front);
            }

            foreach (var (verdict, count) in chunk.Verdicts)
                verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + count;
        }

        return new(fronts, verdicts);
    }
}
