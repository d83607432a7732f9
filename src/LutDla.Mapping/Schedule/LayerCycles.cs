using LutDla.Boundary;
using LutDla.Hardware;

namespace LutDla.Mapping.Schedule;

/// <summary>What a layer costs on a core when nothing outside of it stalls.</summary>
/// <param name="Passes">Commands.</param>
/// <param name="Searches">Passes that search; the others replay indices.</param>
/// <param name="Cycles">From the reset to the last result.</param>
/// <param name="Lookups">M · S · N.</param>
public sealed record LayerCycles(string Name, LayerShape Shape, int Passes, int Searches, long Cycles, long Lookups)
{
    /// <exception cref="InvalidInputException">The layer sums more subspaces than the core counts.</exception>
    public static LayerCycles Of(Core core, string name, LayerShape shape)
    {
        TilePass[] passes = [.. LayerSchedule.Passes(core, shape)];
        return new(name, shape, passes.Length, passes.Count(p => p.Search), CycleModel.Run(core, passes)[^1].LastResult, shape.Lookups);
    }
}
