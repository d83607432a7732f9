using LutDla.Boundary;
using LutDla.Hardware;
using LutDla.Mapping.Schedule;

namespace LutDla.Mapping.Costs;

/// <summary>What a layer costs on a core, without simulation.</summary>
/// <param name="Cycles">From the reset to the last result; exact where the memory never stalls the core.</param>
/// <param name="Parts">The cycles that each part of the core is busy.</param>
/// <param name="Omega">The paper's cycles.</param>
public sealed record LayerCost(
    string Name, LookupProduct Product, long Cycles, PartCycles Parts, long Omega, StreamTraffic Traffic)
{
    /// <param name="memory">What feeds the core; null is one that never stalls it.</param>
    /// <exception cref="InvalidInputException">
    /// The layer sums more subspaces than the core counts, or takes more cycles than are counted.
    /// </exception>
    public static LayerCost Of(Core core, string name, LookupProduct product, MemoryPort? memory = null)
    {
        try
        {
            var parts = PartCycles.Of(core, product.Shape, memory);
            var cycles = Math.Max(ClosedForm.Cycles(core, product.Shape, memory), parts.Memory + (memory?.Latency ?? 0));
            return new(name, product, cycles, parts, parts.Omega(core), StreamTraffic.Of(core, product.Shape));
        }
        catch (OverflowException)
        {
            throw LayerCycles.TooMany(core, name);
        }
    }
}
