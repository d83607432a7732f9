using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Hardware;
using LutDla.Mapping;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Core;

/// <summary>Seeded layers that a core can run, with rows of random activations, many of which tie.</summary>
internal static class RandomLayer
{
    /// <param name="shrink">Takes fewer elements and centroids than the core has, so that padding takes part.</param>
    public static LayerData For(HardwareCore core, int rows, int subspaces, int columns, bool shrink, int seed)
    {
        var random = new Random(seed);
        var length = shrink ? (core.VectorLength + 1) / 2 : core.VectorLength;
        var centroids = shrink ? (core.Centroids + 1) / 2 : core.Centroids;
        (int Multiplier, int Shift)[] scales = [.. Enumerable.Range(0, columns).Select(column => Scale(random, column))];
        var layer = new LutLayer
        {
            InputChannels = subspaces * length,
            OutputChannels = columns,
            Window = new Window { Height = 1, Width = 1 },
            VectorLength = length,
            CentroidCount = Math.Max(2, centroids),
            Metric = core.Metric,
            ActivationBits = core.ActivationBits,
            TableBits = core.TableBits,
            Codebooks = Values(random, subspaces * Math.Max(2, centroids) * length, core.ActivationBits),
            Tables = Values(random, subspaces * Math.Max(2, centroids) * columns, core.TableBits),
            Bias = [.. Enumerable.Range(0, columns).Select(_ => Bias(random, core))],
            Multiplier = [.. scales.Select(scale => scale.Multiplier)],
            Shift = [.. scales.Select(scale => scale.Shift)],

            // A ReLU hides what happens to negative sums, so only the shrunk layers have one.
            OutputMinimum = shrink ? 0 : (int)BitWidth.SignedMinimum(core.OutputBits),
            OutputMaximum = (int)BitWidth.SignedMaximum(core.OutputBits),
        };
        LutLayerTrace[] traces = [.. Enumerable.Range(0, rows).Select(_ => GoldenLayer.Run(layer, Row(random, layer)))];
        return LayerData.From("layer", layer, traces);
    }

    private static ImageTensor Row(Random random, LutLayer layer) =>
        new(new ImageShape(1, 1, layer.InputChannels), [.. Values(random, layer.InputChannels, layer.ActivationBits).Select(v => (int)v)]);

    // Half of them near zero: neighbours then tie often.
    private static ImmutableArray<short> Values(Random random, int count, int bits) =>
        [.. Enumerable.Range(0, count).Select(_ => Value(random, random.Next(2) == 0 ? Math.Min(bits, 2) : bits))];

    private static short Value(Random random, int bits) =>
        (short)random.NextInt64(BitWidth.SignedMinimum(bits), BitWidth.SignedMaximum(bits) + 1);

    // Small factors keep results inside the clamp, and small shifts make exact halves, where rounding shows; the rest saturates.
    private static (int Multiplier, int Shift) Scale(Random random, int column)
    {
        var shift = random.Next(1, 5);
        return (column % 4) switch
        {
            0 => (2 * random.Next(1 << (shift - 1)) + 1, shift),
            1 => (random.Next(3), 0),
            2 => (random.Next(1 << 14, RescaleFormat.MaximumMultiplier + 1), random.Next(15, 20)),
            _ => (random.Next(RescaleFormat.MaximumMultiplier + 1), random.Next(RescaleFormat.MaximumShift + 1)),
        };
    }

    // The bias and its sum with the accumulator fit (docs/arithmetic.md, section 4): the accumulator's worst case takes W bits.
    private static int Bias(Random random, HardwareCore core) =>
        (int)random.NextInt64(BitWidth.SignedMinimum(core.BiasBits), BitWidth.SignedMaximum(core.BiasBits) + 1);
}
