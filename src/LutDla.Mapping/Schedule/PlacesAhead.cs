namespace LutDla.Mapping.Schedule;

/// <summary>Places of the index buffer that a search may have to wait for.</summary>
/// <param name="Count">Of all places, those of the others included.</param>
/// <param name="Ramps">When they become free, in order.</param>
internal sealed record PlacesAhead(long Count, IReadOnlyList<Ramp> Ramps)
{
    /// <summary>Whether they are those of <paramref name="earlier"/>, so many cycles later; however they are cut into ramps.</summary>
    public bool Repeat(PlacesAhead earlier, long cycles)
    {
        if (Count != earlier.Count || Ramps.Sum(r => r.Count) != earlier.Ramps.Sum(r => r.Count))
            return false;
        var (next, after) = (0L, 0L);
        for (int i = 0, j = 0; i < Ramps.Count;)
        {
            var (ours, theirs) = (Ramps[i].From(next), earlier.Ramps[j].From(after));
            var count = Math.Min(ours.Count, theirs.Count);
            if (ours.First != theirs.First + cycles || (count > 1 && ours.Step != theirs.Step))
                return false;
            (i, next) = count == ours.Count ? (i + 1, 0) : (i, next + count);
            (j, after) = count == theirs.Count ? (j + 1, 0) : (j, after + count);
        }

        return true;
    }
}
