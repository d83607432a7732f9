using LutDla.Exploration.Memories;

namespace LutDla.Baseline.Memories;

/// <summary>What memories of a shape take.</summary>
/// <param name="Area">Of all of them, in square micrometres.</param>
/// <param name="Parts">What they are made of.</param>
public sealed record MemoryPrice(MemoryShape Shape, double Area, string Parts)
{
    public double AreaPerBit => Area / Shape.Bits;

    /// <summary>
    /// The smallest tiling with published macros of one kind, whose areas are exact; unused words and bits are paid for.
    /// </summary>
    /// <returns>Nothing if the family has no macros.</returns>
    public static MemoryPrice? OfMacros(MemoryShape shape, SramFamily family, IEnumerable<SramMacro> macros) => macros
        .Where(m => m.Family == family.Key)
        .Select(m => (
            Macro: m, Count: MacroTiling.Of(shape.Words, shape.WordBits, family.Ports.Banks(), m.Words, m.WordBits).Macros))
        .OrderBy(t => t.Count * t.Macro.Area)
        .Select(t => new MemoryPrice(shape, shape.Count * t.Count * t.Macro.Area, $"{t.Count} x {t.Macro.Name}"))
        .FirstOrDefault();
}
