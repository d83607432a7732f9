using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Hardware;
using LutDla.Mapping;
using LutDla.Mapping.Schedule;

namespace LutDla.Exploration.Calibration;

/// <summary>
/// Layers for measuring energy: rows, centroids and tables spread as those of trained networks are, normally and with a rectifier before
/// them; shapes that keep one or the other part of a core busy.
/// </summary>
internal static class TypicalLayers
{
    private const long MostCycles = 1200;
    private const double DeviationsInRange = 3;
    private const int Shift = 15;

    public static IEnumerable<LayerData> Of(Core core)
    {
        var (parallel, most) = (core.SubspacesInParallel, core.Config.Tile.MaximumSubspaces);
        (string Name, LayerShape Shape)[] shapes =
        [
            ("lookups", new(core.Config.Tile.Rows, Math.Min(most, 4 * parallel), core.Columns)),
            ("loads", new(Math.Min(core.Config.Tile.Rows, 4 * core.RowsInParallel), Math.Min(most, 4 * parallel), 2 * core.Columns)),
            ("results", new(core.Config.Tile.Rows, Math.Min(most, parallel), core.Columns)),
        ];
        return shapes.Select((s, number) => Layer(new Random(number), core, Shortened(core, s.Shape), s.Name));
    }

    private static LayerShape Shortened(Core core, LayerShape shape)
    {
        while (shape.RowCount > 1 && ClosedForm.Cycles(core, shape) > MostCycles)
            shape = shape with { RowCount = shape.RowCount / 2 };
        return shape;
    }

    private static LayerData Layer(Random random, Core core, LayerShape shape, string name)
    {
        var rows = shape.SubspaceCount * core.Centroids;
        var (channels, columns) = (shape.SubspaceCount * core.VectorLength, shape.ColumnCount);
        // The deviation of a sum is that of its entries times the root of their number: it fills the range of the results.
        var scale = BitWidth.SignedMaximum(core.OutputBits) / (Math.Sqrt(shape.SubspaceCount) * BitWidth.SignedMaximum(core.TableBits));
        var multiplier = (int)Math.Clamp(Math.Round(scale * (1 << Shift)), 1, RescaleFormat.MaximumMultiplier);
        var layer = new LutLayer
        {
            InputChannels = channels, OutputChannels = columns, Window = new Window { Height = 1, Width = 1 },
            VectorLength = core.VectorLength, CentroidCount = core.Centroids, Metric = core.Metric,
            ActivationBits = core.ActivationBits, TableBits = core.TableBits,
            Codebooks = Rectified(random, rows * core.VectorLength, core.ActivationBits),
            Tables = Values(random, rows * columns, core.TableBits),
            Bias = [.. Enumerable.Repeat(0, columns)], Multiplier = [.. Enumerable.Repeat(multiplier, columns)],
            Shift = [.. Enumerable.Repeat(Shift, columns)],
            OutputMinimum = 0, OutputMaximum = (int)BitWidth.SignedMaximum(core.OutputBits),
        };
        var activations = Rectified(random, shape.RowCount * channels, core.ActivationBits);
        var image = new ImageTensor(new ImageShape(shape.RowCount, 1, channels), [.. activations.Select(v => (int)v)]);
        return LayerData.From(name, layer, [GoldenLayer.Run(layer, image)]);
    }

    private static ImmutableArray<short> Rectified(Random random, int count, int bits) =>
        [.. Values(random, count, bits).Select(value => Math.Max((short)0, value))];

    private static ImmutableArray<short> Values(Random random, int count, int bits)
    {
        var most = BitWidth.SignedMaximum(bits);
        return
        [
            .. Enumerable.Range(0, count)
                .Select(_ => (short)Math.Clamp(Math.Round(Normal(random) * most / DeviationsInRange), -most, most)),
        ];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
