using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Tests;

/// <summary>Small legal layers and networks with seeded random contents.</summary>
internal static class SampleNetworks
{
    public static readonly Window Kernel3 = new() { Height = 3, Width = 3, PaddingHeight = 1, PaddingWidth = 1 };

    public static readonly Window Kernel1 = new() { Height = 1, Width = 1 };

    /// <summary>
    /// Fills codebooks and tables of <paramref name="shape"/> (whose arrays are ignored) with values over their whole range.
    /// </summary>
    public static LutLayer Fill(LutLayer shape, int seed)
    {
        var random = new Random(seed);
        var rows = shape.SubspaceCount * shape.CentroidCount;
        var shifts = Enumerable.Range(0, shape.OutputChannels).Select(_ => random.Next(24)).ToArray();
        return shape with
        {
            Codebooks = [.. Enumerable.Range(0, rows * shape.VectorLength)
                .Select(i => IsPadding(shape, i) ? (short)0 : Signed(random, shape.ActivationBits))],
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

    /// <summary>An exact layer with weights over their whole range and results that are rarely clamped.</summary>
    public static ExactLayer Exact(
        int inputs, int outputs, int groups, Window window, int activationBits = 8, int weightBits = 8, int seed = 1)
    {
        var random = new Random(seed);
        var length = inputs / groups * window.Area;
        var shifts = Enumerable.Range(0, outputs).Select(_ => random.Next(12, 32)).ToArray();
        var slope = 1 / (Math.ScaleB(1, weightBits - 1) * Math.Sqrt(length));
        return new ExactLayer
        {
            InputChannels = inputs,
            OutputChannels = outputs,
            Groups = groups,
            Window = window,
            WeightBits = weightBits,
            Weights = [.. Enumerable.Range(0, outputs * length).Select(_ => Signed(random, weightBits))],
            Bias = [.. Enumerable.Range(0, outputs).Select(_ => random.Next(-3000, 3000))],
            Multiplier = [.. shifts.Select(
                shift => (int)Math.Min(Math.ScaleB(slope * (random.NextDouble() + 0.3), shift), RescaleFormat.MaximumMultiplier))],
            Shift = [.. shifts],
            OutputMinimum = (int)BitWidth.SignedMinimum(activationBits),
            OutputMaximum = (int)BitWidth.SignedMaximum(activationBits),
        };
    }

    /// <summary>Two 16-bit products a sum, and nothing but the extremes of the inputs.</summary>
    public static QuantizedNetwork Extreme(short weight) => new()
    {
        Name = "extreme",
        Input = Input(1, 70, 2) with { ActivationBits = 16, Codes = [.. Enumerable.Range(0, 512).Select(i => i % 2 == 0
            ? short.MinValue
            : short.MaxValue)] },
        Nodes =
        [
            new ExactNode("layer", ["input"], Exact(2, 3, 1, Kernel1, weightBits: 16) with
            {
                Weights = [weight, weight, unchecked((short)-weight), unchecked((short)-weight), 1, 0], Bias = [0, 0, 1],
                Multiplier = [65535, 65535, 1], Shift = [16, 17, 0],
                OutputMinimum = int.MinValue, OutputMaximum = int.MaxValue,
            }),
        ],
    };

    public static InputQuantizer Input(int height, int width, int channels, int bits = 8) => new()
    {
        Height = height,
        Width = width,
        Channels = channels,
        ActivationBits = bits,
        Codes = [.. Enumerable.Range(0, channels * 256)
            .Select(i => (short)((i % 256 >> (8 - Math.Min(bits, 8))) + BitWidth.SignedMinimum(Math.Min(bits, 8))))],
    };

    /// <summary>
    /// Every kind of node once: convolution, both pools, residual addition, rectification, padding of channels, grouped convolution,
    /// flatten, linear.
    /// </summary>
    public static QuantizedNetwork AllKinds(DistanceMetric metric = DistanceMetric.L1) => new()
    {
        Name = "all-kinds",
        Input = Input(6, 5, 2),
        Nodes =
        [
            new LutNode("conv", ["input"], Layer(2, 5, Kernel3, v: 2, c: 5, metric, seed: 2)),
            new PoolNode(
                "max", ["conv"], PoolKind.Max, new Window { Height = 2, Width = 2, StrideHeight = 2, StrideWidth = 2, PaddingHeight = 1 },
                null),
            new LutNode("depth", ["max"], Layer(5, 5, Kernel3, v: 9, c: 4, metric, layout: SubspaceLayout.Window, seed: 3)),
            new AddNode("sum", ["max", "depth"], 40000, 30000, 16, -128, 127),
            new ReluNode("relu", ["sum"]),
            new PoolNode(
                "average", ["relu"], PoolKind.Average, new Window { Height = 2, Width = 2, PaddingWidth = 1 },
                new TensorRescale(32768, 17, 0, 127)),
            new ChannelPadNode("pad", ["average"], 2, 2),
            new ExactNode("exact", ["pad"], Exact(9, 9, 3, Kernel3, seed: 5)),
            new FlattenNode("flat", ["exact"]),
            new LutNode(
                "linear", ["flat"],
                Layer(81, 4, Kernel1, v: 4, c: 7, metric, seed: 4) with { OutputMinimum = -100000, OutputMaximum = 100000 }),
        ],
        Provenance = ImmutableSortedDictionary<string, string>.Empty.Add("command", "a test: 100 % \"quoted\" µ"),
    };

    /// <summary>Functions of values, products of values of both kinds and concatenations, one of which repeats an input.</summary>
    public static QuantizedNetwork Elements()
    {
        var random = new Random(7);
        return new()
        {
            Name = "elements",
            Input = Input(5, 7, 3),
            Nodes =
            [
                new LutNode("conv", ["input"], Layer(3, 4, Kernel3, v: 2, c: 6, DistanceMetric.L2, seed: 8)),
                new ElementNode("table", ["conv"], -130, [.. Enumerable.Range(0, 260).Select(_ => Signed(random, 12))]),
                new PoolNode(
                    "pixel", ["conv"], PoolKind.Average, new Window { Height = 5, Width = 7 }, new TensorRescale(40000, 20, -128, 127)),
                new ProductNode("stretched", ["table", "pixel"], new TensorRescale(50000, 20, -128, 127)),
                new ProductNode("product", ["table", "conv"], new TensorRescale(60000, 31, -100000, 100000)),
                new ConcatNode(
                    "both", ["stretched", "conv", "stretched"],
                    [.. new[] { (32768, 15), (20000, 14), (65535, 18) }.Select(f => new TensorRescale(f.Item1, f.Item2, -128, 127))]),
                new ExactNode("exact", ["both"], Exact(12, 4, 1, Kernel1, seed: 9)),
                new AddNode("sum", ["exact", "product"], 30000, 40000, 15, -128, 127),
            ],
        };
    }

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
        && i / (layer.CentroidCount * layer.VectorLength) % layer.SubspacesPerOffset
            * layer.VectorLength + i % layer.VectorLength >= layer.InputChannels;

    private static short Signed(Random random, int bits) =>
        (short)random.Next((int)BitWidth.SignedMinimum(bits), (int)BitWidth.SignedMaximum(bits) + 1);
}
