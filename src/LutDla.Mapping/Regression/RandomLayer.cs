using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Hardware;

namespace LutDla.Mapping.Regression;

/// <summary>Layers that a core can run, of a given shape, with contents at the extremes, and rows of activations for them.</summary>
public static class RandomLayer
{
    /// <param name="name">For reports.</param>
    public static LayerData Of(Random random, Core core, LayerShape shape, string name)
    {
        var layer = Layer(random, core, shape);
        var activations = RandomValues.Of(random, shape.RowCount * layer.InputChannels, layer.ActivationBits);
        if (random.OnceIn(8))
            (layer, activations) = AsFarAsCanBe(random, layer, activations.Length);
        var image = new ImageTensor(new ImageShape(shape.RowCount, 1, layer.InputChannels), [.. activations.Select(v => (int)v)]);
        return LayerData.From(name, layer, [GoldenLayer.Run(layer, image)]);
    }

    private static LutLayer Layer(Random random, Core core, LayerShape shape)
    {
        // Fewer elements, centroids and bits than the core has are padded by it.
        var length = random.OnceIn(3) ? random.Between(1, core.VectorLength) : core.VectorLength;
        var centroids = random.OnceIn(3) ? random.Between(2, core.Centroids) : core.Centroids;
        var tableBits = random.OnceIn(4) ? random.Between(2, core.TableBits) : core.TableBits;
        var activationBits = random.OnceIn(4) ? random.Between(4, core.ActivationBits) : core.ActivationBits;
        var rows = shape.SubspaceCount * centroids;
        var (minimum, maximum) = RandomRescale.Clamp(random, core.OutputBits);
        var rescale = RandomRescale.Channels(random, core.BiasBits, shape.ColumnCount);
        return new LutLayer
        {
            InputChannels = shape.SubspaceCount * length,
            OutputChannels = shape.ColumnCount,
            Window = new Window { Height = 1, Width = 1 },
            VectorLength = length,
            CentroidCount = centroids,
            Metric = core.Metric,
            ActivationBits = activationBits,
            TableBits = tableBits,
            Codebooks = Codebooks(random, rows, length, activationBits),
            Tables = RandomTables.Of(random, shape, centroids, tableBits, core.AccumulatorBits),
            Bias = [.. rescale.Select(r => r.Bias)],
            Multiplier = [.. rescale.Select(r => r.Multiplier)],
            Shift = [.. rescale.Select(r => r.Shift)],
            OutputMinimum = minimum,
            OutputMaximum = maximum,
        };
    }

    // Activations at one end of the range and centroids at the other, or at either.
    private static (LutLayer Layer, ImmutableArray<short> Activations) AsFarAsCanBe(Random random, LutLayer layer, int count)
    {
        var (here, there) = random.OnceIn(2) ? (ValueProfile.Lowest, ValueProfile.Highest) : (ValueProfile.Highest, ValueProfile.Lowest);
        var centroids = RandomValues.Of(random, layer.Codebooks.Length, layer.ActivationBits, random.One(there, ValueProfile.Extreme));
        return (layer with { Codebooks = centroids }, RandomValues.Of(random, count, layer.ActivationBits, here));
    }

    // Now and then each centroid is there twice, so that every search ties.
    private static ImmutableArray<short> Codebooks(Random random, int rows, int length, int bits)
    {
        var values = RandomValues.Of(random, rows * length, bits);
        return random.OnceIn(6) ? [.. values.Select((_, i) => values[i / length / 2 * 2 * length + i % length])] : values;
    }
}
