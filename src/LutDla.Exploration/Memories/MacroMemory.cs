using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Exploration.Memories;

/// <summary>A memory of a core in macros of a family.</summary>
/// <param name="Copies">Memories of this role and shape.</param>
/// <param name="Tiling">Of one copy.</param>
/// <param name="Area">Of one copy, in square micrometres.</param>
/// <param name="ReadPicojoules">Of one read of a word; nothing where the family does not say.</param>
/// <param name="WritePicojoules">Of one write of a word.</param>
/// <param name="LeakageNanowatts">Of one copy.</param>
/// <param name="AccessNanoseconds">Of a macro, without what chooses among several.</param>
public sealed record MacroMemory(
    MemoryRole Role, int Words, int WordBits, long Copies, MacroTiling Tiling, double Area,
    double? ReadPicojoules, double? WritePicojoules, double? LeakageNanowatts, double? AccessNanoseconds)
{
    /// <summary>Bits that are stored, of those that are paid for.</summary>
    public double Used => (double)Words * WordBits / Tiling.Bits;

    /// <summary>All memories of macros of a core, the largest first.</summary>
    public static IReadOnlyList<MacroMemory> Of(Core core, SramModel model) =>
    [
        .. core.Top.Occurrences()
            .Where(o => o.Module is MemoryModule { Style: MemoryStyle.Macro })
            .GroupBy(o => (MemoryModule)o.Module, (memory, all) => Of(memory, all.Sum(o => o.Count), model))
            .OrderByDescending(memory => memory.Copies * memory.Area),
    ];

    /// <summary>A memory of a core: one write port and one read port, both of whole words.</summary>
    public static MacroMemory Of(MemoryModule memory, long copies, SramModel model)
    {
        var tiling = MacroTiling.Smallest(model, memory.Words, memory.WordBits);
        double? Macro(SramQuantity quantity) => model.Of(quantity, tiling.MacroWords, tiling.MacroBits);
        return new(
            memory.Role, memory.Words, memory.WordBits, copies, tiling, tiling.Macros * Macro(SramQuantity.Area) ?? 0,
            tiling.WidthTiles * Macro(SramQuantity.ReadEnergy), tiling.WidthTiles * Macro(SramQuantity.WriteEnergy),
            tiling.Macros * Macro(SramQuantity.Leakage), Macro(SramQuantity.AccessTime));
    }
}
