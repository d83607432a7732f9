namespace LutDla.Mapping.Schedule;

/// <summary>Cycles at equal distances: First, First + Step, ...</summary>
/// <param name="Step">At least 0; means nothing where there is one.</param>
/// <param name="Count">At least 1.</param>
internal readonly record struct Ramp(long First, long Step, long Count)
{
    public long Last => First + Step * (Count - 1);

    public Ramp From(long index) => new(First + Step * index, Step, Count - index);
}
