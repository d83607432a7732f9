using System.Collections.Immutable;
using LutDla.Golden;
using LutDla.Hardware;

namespace LutDla.Tests.Golden;

/// <summary>Small legal layers and networks with seeded random contents.</summary>
internal static class SampleNetworks
{
    public static readonly Window Kernel3 = new() { Height = 3, Width = 3, PaddingHeight = 1, PaddingWidth = 1 };

    public static readonly Window Kernel1 = new() { Height = 1, Width = 1 };

    /// <summary>Fills codebooks and tables of <paramref name="shape"/> (whose arrays are ignored) with values over their whole range.</summary>
    public static LutLayer Fill(LutLayer shape, int seed)
    {
        var random = new Random(seed);
        var rows = shape.SubspaceCount * shape.CentroidCount;
        var shifts = Enumerable.Range(0, shape.OutputChannels).Select(_ => random.Next(24)).ToArray();
        return shape with
        {
            Codebooks = [.. Enumerable.Range(0, rows * shape.VectorLength).Select(i => IsPadding(shape, i) ? (short)0 : Signed(random, shape.ActivationBits))],
            Tables = [.. Enumerable.Range(0, rows * shape.OutputChannels).Select(_ => Signed(random, shape.TableBits))],
            Bias = [.. Enumerable.Range(0, shape.OutputChannels).Select(_ => random.Next(-300, 300))],
            // Below 2, so that not every output is clamped.
            Multiplier = [.. shifts.Select(shift => random.Next(Math.Min(RescaleFormat.MaximumMultiplier + 1, 2 << shift)))],
            Shift = [.. shifts],
        };
    }

    public static LutLayer Layer(
        int inputs, int outputs, Window window, int v, int c, DistanceMetric metric, int activationBits = 8, int tableBits = 8,
        SubspaceLayout layout = SubspaceLayout.Channels, int seed = 1) => Fill(
        new LutLayer
        {
            InputChannels = inputs,
            OutputChannels = outputs,
            Window = window,
            Layout = layout,
            VectorLength = v,
            CentroidCount = c,
            Metric = metric,
            ActivationBits = activationBits,
            TableBits = tableBits,
            Codebooks = [],
            Tables = [],
            Bias = [],
            Multiplier = [],
            Shift = [],
            OutputMinimum = (int)BitWidth.SignedMinimum(activationBits),
            OutputMaximum = (int)BitWidth.SignedMaximum(activationBits),
        },
        seed);

    public static InputQuantizer Input(int height, int width, int channels, int bits = 8) => new()
    {
        Height = height,
        Width = width,
        Channels = channels,
        ActivationBits = bits,
        Codes = [.. Enumerable.Range(0, channels * 256).Select(i => (short)((i % 256 >> (8 - Math.Min(bits, 8))) + BitWidth.SignedMinimum(Math.Min(bits, 8))))],
    };

    /// <summary>Every kind of node once: convolution, both pools, residual addition, rectification, padding of channels, flatten, linear.</summary>
    public static QuantizedNetwork AllKinds(DistanceMetric metric = DistanceMetric.L1) => new()
    {
        Name = "all-kinds",
        Input = Input(6, 5, 2),
        Nodes =
        [
            new LutNode("conv", ["input"], Layer(2, 5, Kernel3, v: 2, c: 5, metric, seed: 2)),
            new PoolNode("max", ["conv"], PoolKind.Max, new Window { Height = 2, Width = 2, StrideHeight = 2, StrideWidth = 2, PaddingHeight = 1 }, null),
            new LutNode("depth", ["max"], Layer(5, 5, Kernel3, v: 9, c: 4, metric, layout: SubspaceLayout.Window, seed: 3)),
            new AddNode("sum", ["max", "depth"], 40000, 30000, 16, -128, 127),
            new ReluNode("relu", ["sum"]),
            new PoolNode("average", ["relu"], PoolKind.Average, new Window { Height = 2, Width = 2, PaddingWidth = 1 }, new TensorRescale(32768, 17, 0, 127)),
            new ChannelPadNode("pad", ["average"], 2, 1),
            new FlattenNode("flat", ["pad"]),
            new LutNode("linear", ["flat"], Layer(72, 4, Kernel1, v: 4, c: 7, metric, seed: 4) with { OutputMinimum = -100000, OutputMaximum = 100000 }),
        ],
        Provenance = ImmutableSortedDictionary<string, string>.Empty.Add("command", "a test: 100 % \"quoted\" µ"),
    };

    public static byte[] Image(InputQuantizer input, int seed)
    {
        var bytes = new byte[input.Height * input.Width * input.Channels];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The same network, with the node called <paramref name="name"/> changed.</summary>
    public static QuantizedNetwork With(this QuantizedNetwork network, string name, Func<Node, Node> change) =>
        network with { Nodes = [.. network.Nodes.Select(n => n.Name == name ? change(n) : n)] };

    public static QuantizedNetwork WithLayer(this QuantizedNetwork network, string name, Func<LutLayer, LutLayer> change) =>
        network.With(name, n => n is LutNode lut ? lut with { Layer = change(lut.Layer) } : n);

    private static bool IsPadding(LutLayer layer, int i) =>
        layer.Layout == SubspaceLayout.Channels
        && i / (layer.CentroidCount * layer.VectorLength) % layer.SubspacesPerOffset * layer.VectorLength + i % layer.VectorLength >= layer.InputChannels;

    private static short Signed(Random random, int bits) =>
        (short)random.Next((int)BitWidth.SignedMinimum(bits), (int)BitWidth.SignedMaximum(bits) + 1);
}
