using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Hardware;

namespace LutDla.Mapping;

/// <summary>A small layer of drawn numbers that a core can run, always the same: what the test bench of a design plays.</summary>
public static class ExampleLayer
{
    public const string Name = "example";

    private const int Seed = 1;

    // Entries of a table use all bits but one, so that one more group of subspaces than a sum is sized for still fits.
    private const int SpareBits = 1;

    /// <param name="shape">At most the subspaces that the core sums.</param>
    public static LayerData For(Core core, LayerShape shape)
    {
        var random = new Random(Seed);
        var (rows, subspaces, columns) = (shape.RowCount, shape.SubspaceCount, shape.ColumnCount);
        var entries = subspaces * core.Centroids;
        var layer = new LutLayer
        {
            InputChannels = subspaces * core.VectorLength,
            OutputChannels = columns,
            Window = new Window { Height = 1, Width = 1 },
            VectorLength = core.VectorLength,
            CentroidCount = core.Centroids,
            Metric = core.Metric,
            ActivationBits = core.ActivationBits,
            TableBits = core.TableBits,
            Codebooks = Draw(random, entries * core.VectorLength, core.ActivationBits),
            Tables = Draw(random, entries * columns, core.TableBits - SpareBits),
            Bias = [.. Draw(random, columns, core.TableBits).Select(value => (int)value)],
            Multiplier = [.. Enumerable.Range(0, columns).Select(_ => random.Next(1, 8))],
            Shift = [.. Enumerable.Range(0, columns).Select(_ => random.Next(0, 5))],
            OutputMinimum = (int)BitWidth.SignedMinimum(core.OutputBits),
            OutputMaximum = (int)BitWidth.SignedMaximum(core.OutputBits),
        };
        return LayerData.From(Name, layer, [.. Enumerable.Range(0, rows).Select(_ => GoldenLayer.Run(layer, Row(random, layer)))]);
    }

    private static ImageTensor Row(Random random, LutLayer layer) =>
        new(new ImageShape(1, 1, layer.InputChannels), [.. Draw(random, layer.InputChannels, layer.ActivationBits).Select(value => (int)value)]);

    private static ImmutableArray<short> Draw(Random random, int count, int bits) =>
        [.. Enumerable.Range(0, count).Select(_ => (short)random.NextInt64(BitWidth.SignedMinimum(bits), BitWidth.SignedMaximum(bits) + 1))];
}
