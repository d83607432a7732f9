namespace LutDla.Baseline.Memories;

/// <summary>A memory that takes a read and a write of a word in each cycle.</summary>
/// <param name="Name">What it holds.</param>
/// <param name="Count">How many of them there are.</param>
public sealed record MemoryShape(string Name, int Words, int WordBits, long Count)
{
    /// <summary>Of all of them.</summary>
    public long Bits => Words * (long)WordBits * Count;
}
