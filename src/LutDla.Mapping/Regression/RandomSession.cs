using LutDla.Hardware;

namespace LutDla.Mapping.Regression;

/// <summary>Layers for one run of a core: different shapes and parameter sets, one after the other.</summary>
public static class RandomSession
{
    private const int Purpose = 2;

    private const int FewLayers = 8;
    private const int ManyLayers = 32;

    // About, without stalls. In long layers buffers fill and sums grow; many tiny ones follow each other closely.
    private static readonly (long Least, long Most) Tiny = (1, 300);
    private static readonly (long Least, long Most) Short = (1, 3_000);
    private static readonly (long Least, long Most) Long = (5_000, 50_000);

    /// <summary>The layers of a seed: at least one.</summary>
    public static IReadOnlyList<LayerData> Of(Core core, int seed)
    {
        var random = new Random(DerivedSeed.Of(seed, Purpose));
        var (count, cycles) = random.Next(3) switch
        {
            0 => (random.Between(FewLayers, ManyLayers), Tiny),
            1 => (random.Between(2, FewLayers), Short),
            _ => (random.Between(1, 3), Long),
        };
        return [.. Enumerable.Range(0, count).Select(k =>
        {
            var shape = RandomShape.Of(random, core, cycles.Least, cycles.Most);
            var name = $"{k + 1} of {count} ({shape.RowCount} x {shape.SubspaceCount} x {shape.ColumnCount})";
            return RandomLayer.Of(random, core, shape, name);
        })];
    }
}
