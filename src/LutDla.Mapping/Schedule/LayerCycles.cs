using LutDla.Boundary;
using LutDla.Hardware;

namespace LutDla.Mapping.Schedule;

/// <summary>What a layer costs on a core when nothing outside of it stalls.</summary>
/// <param name="Passes">Commands.</param>
/// <param name="Searches">Passes that search; the others replay indices.</param>
/// <param name="Cycles">From the reset to the last result.</param>
/// <param name="Lookups">M · S · N.</param>
public sealed record LayerCycles(string Name, LayerShape Shape, long Passes, long Searches, long Cycles, long Lookups)
{
    /// <exception cref="InvalidInputException">
    /// The layer sums more subspaces than the core counts, or takes more cycles than are counted.
    /// </exception>
    public static LayerCycles Of(Core core, string name, LayerShape shape)
    {
        var (tiles, rest) = Math.DivRem(shape.RowCount, core.Config.Tile.Rows);
        TilePass[] tile = [.. LayerSchedule.Passes(core, shape with { RowCount = Math.Min(shape.RowCount, core.Config.Tile.Rows) })];
        TilePass[] last = [.. LayerSchedule.Passes(core, shape with { RowCount = rest })];
        var model = new CycleModel(core);
        try
        {
            model.Repeat(tile, tiles);
            model.Repeat(last, 1);
        }
        catch (OverflowException)
        {
            throw TooMany(core, name);
        }

        return new(name, shape, Count(_ => true), Count(pass => pass.Search), model.LastResult, shape.Lookups);

        long Count(Func<TilePass, bool> counts) => (long)tiles * tile.Count(counts) + last.Count(counts);
    }

    internal static InvalidInputException TooMany(Core core, string name) => new(
        $"design {core.Name}", $"cycles of {name}", $"more than {long.MaxValue}", "They must be counted in 63 bits.",
        "Give fewer images, or a core with larger tiles.");
}
