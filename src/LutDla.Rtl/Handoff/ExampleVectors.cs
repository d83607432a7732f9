using LutDla.Hardware;
using LutDla.Mapping;
using LutDla.Mapping.Regression;
using LutDla.Rtl.Handoff.Vectors;

namespace LutDla.Rtl.Handoff;

/// <summary>The layer that a generated folder plays: it searches, keeps and replays where that stays small.</summary>
internal static class ExampleVectors
{
    private const int Seed = 1;
    private const int MaximumBytes = 50_000;

    public static LayerData Of(Core core)
    {
        LayerData[] layers = [.. Shapes(core).Select(shape => RandomLayer.Of(new Random(Seed), core, shape, "example"))];
        return layers.FirstOrDefault(
            layer => LayerVectors.Of(core, layer, withBeatJson: false).Sum(f => f.Text.Length) <= MaximumBytes) ?? layers[^1];
    }

    // Some blocks of rows, the last one not full; two groups and two sets of columns, then fewer.
    private static IEnumerable<LayerShape> Shapes(Core core)
    {
        var rows = Math.Min(core.Config.Tile.Rows, 4 * core.RowsInParallel) + 1;
        var subspaces = Math.Min(core.Config.Tile.MaximumSubspaces, core.SubspacesInParallel + 1);
        yield return new(rows, subspaces, core.Columns + 1);
        yield return new(rows, Math.Min(subspaces, core.SubspacesInParallel), core.Columns + 1);
        yield return new(
            core.RowsInParallel + 1, Math.Min(subspaces, core.SubspacesInParallel), Math.Min(core.Columns, core.RescaleUnits + 1));
    }
}
