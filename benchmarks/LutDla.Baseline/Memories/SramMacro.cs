namespace LutDla.Baseline.Memories;

/// <summary>A published memory macro.</summary>
/// <param name="Area">In square micrometres.</param>
public sealed record SramMacro(string Name, string Family, int Words, int WordBits, double Area);
