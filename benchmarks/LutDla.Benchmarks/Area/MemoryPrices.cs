using LutDla.Baseline.Memories;
using LutDla.Exploration.Memories;
using LutDla.Exploration.Synthesis;

namespace LutDla.Benchmarks.Area;

/// <summary>What a memory takes by each means: latches as measured, macros as published.</summary>
internal sealed class MemoryPrices(SynthesisTarget target, YosysBuild yosys, IReadOnlyList<SramMacro> macros)
{
    /// <returns>The smallest first.</returns>
    public async Task<IReadOnlyList<MemoryPrice>> OfAsync(MemoryShape shape)
    {
        MemoryPrice?[] prices =
        [
            await LatchMemory.PriceAsync(shape, target, yosys),
            Titled(SramFamily.OpenRam),
            Titled(SramFamily.Foundry),
        ];
        return [.. prices.OfType<MemoryPrice>().OrderBy(p => p.Area)];

        MemoryPrice? Titled(SramFamily family) =>
            MemoryPrice.OfMacros(shape, family, macros) is { } price ? price with { Parts = $"{price.Parts} ({family.Title})" } : null;
    }
}
