namespace LutDla.Mapping.Schedule;

/// <summary>
/// The places of the index buffer in the order in which beats take them: from which cycle on each may be taken. Places that became free at
/// equal distances, which is nearly all, are one <see cref="Ramp"/>, so that a buffer of a million beats takes no more memory than one of
/// ten.
/// </summary>
internal sealed class IndexPlaces
{
    private readonly LinkedList<Ramp> _ramps = new();

    private long _count;

    // Added to every cycle in the list.
    private long _shift;

    /// <param name="beats">Places, all free from the beginning.</param>
    public IndexPlaces(int beats)
    {
        _count = beats;
        _ramps.AddLast(new Ramp(0, 0, beats));
    }

    private LinkedListNode<Ramp> Front =>
        _ramps.First ?? throw new InvalidOperationException("The schedule searches more beats than the index buffer has places.");

    /// <summary>Takes the next place; returns the cycle from which on that may be.</summary>
    public long Take()
    {
        var cycle = Front.Value.First + _shift;
        Take(1);
        return cycle;
    }

    /// <summary>Takes the next <paramref name="count"/> places, which are of one ramp.</summary>
    public void Take(long count)
    {
        _count -= count;
        if (count == Front.Value.Count)
            _ramps.RemoveFirst();
        else
            Front.Value = Front.Value.From(count);
    }

    /// <summary>Places become free, the next beats' last.</summary>
    /// <param name="cycles">Later than those of all before.</param>
    public void Free(Ramp cycles)
    {
        _count += cycles.Count;
        var next = cycles with { First = cycles.First - _shift };
        if (_ramps.Last is { Value: var last } node && Join(last, next) is { } joined)
            node.Value = joined;
        else
            _ramps.AddLast(next);
    }

    /// <summary>
    /// How many beats may follow one in cycle <paramref name="activation"/>, each <paramref name="step"/> cycles after the one before,
    /// before a place that becomes free earlier or later than that could change it. At most those of one ramp.
    /// </summary>
    public long SteadyBeats(long activation, long step)
    {
        if (_ramps.First is not { Value: var front })
            return 0;
        var first = front.First + _shift;
        if (step > 1)
            return first == activation + step && (front.Step == step || front.Count == 1) ? front.Count : 0;
        if (first > activation + 1)
            return 0;
        return front.Step <= 1 ? front.Count : Math.Min(front.Count, (activation + 1 - first) / (front.Step - 1) + 1);
    }

    /// <summary>Moves everything by as many cycles.</summary>
    public void Advance(long cycles) => _shift += cycles;

    /// <summary>The places that only become free after <paramref name="cycle"/>; the others are as good as free.</summary>
    public PlacesAhead After(long cycle)
    {
        // Cycles grow from place to place.
        var ahead = new List<Ramp>();
        for (var node = _ramps.Last; node is not null && node.Value.Last + _shift > cycle; node = node.Previous)
        {
            var ramp = node.Value with { First = node.Value.First + _shift };
            ahead.Add(ramp.First > cycle ? ramp : ramp.From((cycle - ramp.First) / ramp.Step + 1));
        }

        ahead.Reverse();
        return new PlacesAhead(_count, ahead);
    }

    private static Ramp? Join(Ramp last, Ramp next)
    {
        var step = next.First - last.Last;
        return (last.Count == 1 || last.Step == step) && (next.Count == 1 || next.Step == step)
            ? new Ramp(last.First, step, last.Count + next.Count)
            : null;
    }
}
