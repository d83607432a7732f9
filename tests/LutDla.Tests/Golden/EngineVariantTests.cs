using System.Runtime.Intrinsics.X86;
using CsCheck;
using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Rules;
using LutDla.Hardware;

namespace LutDla.Tests.Golden;

public sealed class EngineVariantTests
{
    private static readonly Gen<Window> AnyWindow =
        from height in Gen.Int[1, 4]
        from width in Gen.Int[1, 4]
        from strideHeight in Gen.Int[1, 5]
        from strideWidth in Gen.Int[1, 3]
        from paddingHeight in Gen.Int[0, height - 1]
        from paddingWidth in Gen.Int[0, width - 1]
        select new Window
        {
            Height = height,
            Width = width,
            StrideHeight = strideHeight,
            StrideWidth = strideWidth,
            PaddingHeight = paddingHeight,
            PaddingWidth = paddingWidth,
        };

    private static readonly Gen<LutLayer> AnyLayer =
        from window in AnyWindow
        from layout in Gen.Enum<SubspaceLayout>()
        from metric in Gen.Enum<DistanceMetric>()
        from inputs in Gen.Int[1, 7]
        from outputs in Gen.Int[1, 37]
        from v in Gen.Int[1, 16]
        from c in Gen.OneOf(Gen.Int[2, 40], Gen.Int[41, 256])
        from activationBits in Gen.OneOf(Gen.Int[4, 8], Gen.Int[4, 16])
        from tableBits in Gen.OneOf(Gen.Int[2, 8], Gen.Int[2, 16])
        from seed in Gen.Int[0, 1 << 20]
        select SampleNetworks.Layer(
            inputs, outputs, window, layout == SubspaceLayout.Window ? window.Area : v, c, metric, activationBits, tableBits, layout, seed);

    // An image that the layer's window fits into, and that has the layer's bits.
    private static readonly Gen<QuantizedNetwork> AnyNetwork =
        from layer in AnyLayer
        from height in Gen.Int[layer.Window.Height, 12]
        from width in Gen.Int[layer.Window.Width, 30]
        select new QuantizedNetwork
        {
            Name = "one-layer",
            Input = FullRangeInput(height, width, layer),
            Nodes = [new LutNode("layer", ["input"], layer)],
        };

    [Fact]
    public void Every_variant_equals_the_reference_for_any_layer() =>
        AnyNetwork.Sample(network => AssertEqualsReference(network, imageCount: 2), iter: 250);

    // Values from 0 on have a kernel of their own. Few different centroid elements make equal distances common, for even and odd squares.
    [Fact]
    public void Every_variant_equals_the_reference_for_any_Euclidean_layer_after_a_rectification() =>
        Gen.Select(AnyNetwork, Gen.OneOf(Gen.Const(1), Gen.Const(2), Gen.Const(40), Gen.Const(127)), Gen.Bool)
        .Sample((network, largest, signed) => AssertEqualsReference(Rectified(network, largest, signed), imageCount: 2), iter: 250);

    // The second layer finds the first one's rows as they were searched, with gaps between them.
    [Fact]
    public void Every_variant_equals_the_reference_for_layers_that_follow_each_other() => (
        from first in AnyLayer
        from second in AnyLayer
        from height in Gen.Int[first.Window.Height + 6, 14]
        from width in Gen.Int[first.Window.Width + 6, 30]
        select (first, second, height, width))
        .Sample(t => AssertEqualsReference(Chained(t.first, t.second, t.height, t.width), imageCount: 2), iter: 200);

    // Results of more than 16 bits, with gaps between the rows, into every kind of node that takes them.
    [Fact]
    public void Every_variant_equals_the_reference_for_wide_results()
    {
        var layer = SampleNetworks.Layer(2, 5, SampleNetworks.Kernel3, v: 2, c: 5, DistanceMetric.L1) with
        {
            Multiplier = [900, 800, 700, 600, 500], Shift = [0, 1, 2, 3, 4], OutputMinimum = -1000000, OutputMaximum = 1000000,
        };
        AssertEqualsReference(
            new QuantizedNetwork
            {
                Name = "wide",
                Input = SampleNetworks.Input(6, 5, 2),
                Nodes =
                [
                    new LutNode("layer", ["input"], layer),
                    new ReluNode("relu", ["layer"]),
                    new AddNode("sum", ["relu", "layer"], 3, 5, 1, -4000000, 4000000),
                    new PoolNode("largest", ["sum"], PoolKind.Max, new Window { Height = 2, Width = 2 }, null),
                    new PoolNode(
                        "mean", ["largest"], PoolKind.Average, new Window { Height = 2, Width = 2 },
                        new TensorRescale(3, 3, -4000000, 4000000)),
                    new FlattenNode("flat", ["layer"]),
                    new ReluNode("out", ["mean"]),
                ],
            },
            imageCount: 3);
    }

    [Fact]
    public void The_kernels_for_narrow_values_serve_up_to_their_limits()
    {
        Assert.SkipUnless(
            EngineVariants.Supported.Contains(EngineVariant.Avx512) && Avx512Vbmi.IsSupported, "This processor has no AVX-512 VBMI.");
        // -85 * 127 * 2 - 85 * 85 = -28815 is a key, -128 * 127 * 2 - 128 * 128 = -48896 is none.
        Assert.True(Serves(0, 127, [127, 127, 127, 127]));
        Assert.True(Serves(0, 127, [0, 0, -85, -85]));
        Assert.False(Serves(0, 127, [-128, -128, 0, 0]));
        Assert.False(Serves(-1, 127, [1, 1, 1, 1]));
        Assert.False(Serves(0, 128, [1, 1, 1, 1]));

        var layer = SampleNetworks.Layer(4, 3, SampleNetworks.Kernel1, v: 4, c: 16, DistanceMetric.L2);
        Assert.IsType<Avx512ByteLookup>(EngineVariant.Avx512.Lookup(layer, new AccumulatorBounds(-32768, 32767)));
        Assert.IsType<Avx512Lookup>(EngineVariant.Avx512.Lookup(layer with { TableBits = 9 }, new AccumulatorBounds(0, 1)));
        Assert.IsType<PortableLookup<int, IntLane>>(EngineVariant.Avx512.Lookup(layer, new AccumulatorBounds(0, 32768)));

        static bool Serves(int minimum, int maximum, short[] centroid)
        {
            var layer = SampleNetworks.Layer(
                4, 3, SampleNetworks.Kernel1, v: 4, c: 2, DistanceMetric.L2) with { Codebooks = [.. centroid, 0, 0, 0, 0] };
            var input = new TensorFacts(new ImageShape(3, 3, 4), minimum, maximum);
            return EngineVariant.Avx512.Search(
                layer, input, new LayerGeometry(layer.Window, layer.OutputChannels, input.Shape)) is Avx512ByteEuclideanSearch;
        }
    }

    [Fact]
    public void Every_variant_equals_the_reference_for_any_exact_layer() => (
        from window in AnyWindow
        from groups in Gen.Int[1, 4]
        from inputs in Gen.Int[1, 5]
        from outputs in Gen.Int[1, 9]
        from bits in Gen.OneOf(Gen.Int[4, 8], Gen.Int[4, 16])
        from weightBits in Gen.Int[2, Math.Min(16, 24 - bits)]
        from rectified in Gen.Bool
        from height in Gen.Int[window.Height, 12]
        from width in Gen.Int[window.Width, 30]
        from seed in Gen.Int[0, 1 << 20]
        select OneExact(
            SampleNetworks.Exact(groups * inputs, groups * outputs, groups, window, bits, weightBits, seed), bits, height, width,
            rectified))
        .Sample(network => AssertEqualsReference(network, imageCount: 2), iter: 250);

    [Fact]
    public void Every_variant_equals_the_reference_for_sums_at_the_limit_of_32_bits() =>
        AssertEqualsReference(SampleNetworks.Extreme(short.MaxValue), imageCount: 3);

    [Fact]
    public void Every_variant_equals_the_reference_for_a_depthwise_layer_between_others()
    {
        var depthwise = SampleNetworks.Exact(20, 20, 20, SampleNetworks.Kernel3 with { StrideHeight = 2, StrideWidth = 2 }, seed: 3);
        AssertEqualsReference(
            new QuantizedNetwork
            {
                Name = "depthwise",
                Input = SampleNetworks.Input(15, 17, 3),
                Nodes =
                [
                    new LutNode("first", ["input"], SampleNetworks.Layer(3, 20, SampleNetworks.Kernel3, v: 3, c: 16, DistanceMetric.L2)),
                    new ExactNode("depthwise", ["first"], depthwise),
                    new LutNode(
                        "pointwise", ["depthwise"], SampleNetworks.Layer(20, 7, SampleNetworks.Kernel1, v: 4, c: 16, DistanceMetric.L1)),
                ],
            },
            imageCount: 3);
    }

    // Small multipliers and shifts make exact halves common.
    [Fact]
    public void Every_variant_equals_the_reference_for_any_addition() => Gen.Select(
        Gen.OneOf(Gen.Int[0, 4], Gen.Int[0, 65535]), Gen.OneOf(Gen.Int[0, 4], Gen.Int[0, 65535]), Gen.OneOf(Gen.Int[0, 3], Gen.Int[0, 31]),
        Gen.Int[4, 16])
        .Sample((a, b, shift, bits) => AssertEqualsReference(
            Single(new AddNode("sum", ["input", "input"], a, b, shift, -200, 30000), SampleNetworks.Input(3, 7, 2, bits)), imageCount: 1));

    [Fact]
    public void Every_variant_equals_the_reference_for_any_pool() => Gen.Select(
        AnyWindow, Gen.Enum<PoolKind>(), Gen.OneOf(Gen.Int[0, 4], Gen.Int[0, 65535]), Gen.OneOf(Gen.Int[0, 3], Gen.Int[0, 31]))
        .Sample((window, kind, multiplier, shift) => AssertEqualsReference(
            Single(
                new PoolNode(
                    "pool", ["input"], kind, window, kind == PoolKind.Max ? null : new TensorRescale(multiplier, shift, -70000, 70000)),
                SampleNetworks.Input(5, 7, 3)),
            imageCount: 1));

    [Theory]
    [InlineData(DistanceMetric.L1)]
    [InlineData(DistanceMetric.L2)]
    [InlineData(DistanceMetric.Chebyshev)]
    public void Every_variant_equals_the_reference_for_every_kind_of_node(DistanceMetric metric) =>
        AssertEqualsReference(SampleNetworks.AllKinds(metric), imageCount: 9);

    [Fact]
    public void Every_variant_equals_the_reference_for_the_ResNet_shape() =>
        AssertEqualsReference(ResNetShape.Create(DistanceMetric.L1, seed: 5), imageCount: 3);

    /// <summary>Extremes: opposite corners of the range make the largest distances and sums that a kernel's lanes must hold.</summary>
    public static MatrixTheoryData<DistanceMetric, int, int> Extremes { get; } = new(
        Enum.GetValues<DistanceMetric>(), [4, 7, 8, 9, 15, 16], [1, 2, 4, 9, 16]);

    [Theory]
    [MemberData(nameof(Extremes))]
    public void Lanes_hold_the_extremes(DistanceMetric metric, int bits, int v)
    {
        var (low, high) = ((short)BitWidth.SignedMinimum(bits), (short)BitWidth.SignedMaximum(bits));
        var layer = SampleNetworks.Layer(v, 3, SampleNetworks.Kernel1, v, c: 4, metric, activationBits: bits, tableBits: 16);
        short[] elements = [low, high, (short)(low + 1), 0];
        layer = layer with { Codebooks = [.. Enumerable.Range(0, 4 * v).Select(i => elements[i / v])] };
        var input = SampleNetworks.Input(1, 70, v) with
        {
            ActivationBits = bits,
            Codes = [.. Enumerable.Range(0, v * 256).Select(i => i % 2 == 0 ? low : high)],
        };

        AssertEqualsReference(
            new QuantizedNetwork { Name = "extremes", Input = input, Nodes = [new LutNode("layer", ["input"], layer)] }, imageCount: 1);
    }

    [Theory]
    [InlineData(1, 40000)] // products beyond 32 bits
    [InlineData(65535, 300)]
    [InlineData(65535, int.MaxValue)] // wide outputs, and sums beyond 32 bits with the bias
    public void Products_that_leave_32_bits_are_exact(int multiplier, int bias)
    {
        var network = SampleNetworks.AllKinds().WithLayer("linear", l => l with
        {
            Bias = [bias, -bias, bias, 0],
            Multiplier = [multiplier, multiplier, multiplier, multiplier],
            Shift = [0, 1, 31, 0],
            OutputMinimum = int.MinValue,
            OutputMaximum = int.MaxValue,
        });

        AssertEqualsReference(
            network with { Nodes = [.. network.Nodes, new ReluNode("wide", ["linear"]), new AddNode(
                "sum2", ["wide", "linear"], 65535, 65535, 31, int.MinValue, int.MaxValue)] },
            imageCount: 4);
    }

    [Fact]
    public void Sixteen_bit_sums_are_used_only_where_they_are_proven()
    {
        // 300 subspaces of entries up to 127: 38,100 leaves 16 bits.
        var layer = SampleNetworks.Layer(300, 5, SampleNetworks.Kernel1, v: 1, c: 2, DistanceMetric.L1) with
        {
            Tables = [.. Enumerable.Repeat((short)127, 300 * 2 * 5)],
            Multiplier = [1, 1, 1, 1, 1],
            Shift = [0, 0, 0, 0, 0],
            Bias = [0, 0, 0, 0, 0],
            OutputMaximum = 100000,
        };
        var network = new QuantizedNetwork { Name = "long", Input = SampleNetworks.Input(1, 1, 300), Nodes = [new LutNode(
            "layer", ["input"], layer)] };

        foreach (var variant in EngineVariants.Supported)
        {
            var outputs = new int[5];
            new GoldenEngine(network, 1, variant).Infer(new byte[300], 1, outputs);
            Assert.All(outputs, value => Assert.Equal(38100, value));
        }
    }

    [Theory]
    [InlineData(127)]
    [InlineData(1000000)] // results of more than 16 bits
    public void Channels_of_zeros_lie_on_their_side(int maximum)
    {
        var layer = SampleNetworks.Layer(2, 5, SampleNetworks.Kernel3, v: 2, c: 5, DistanceMetric.L1) with
        {
            Multiplier = [900, 800, 700, 600, 500], Shift = [0, 1, 2, 3, 4], OutputMinimum = -maximum, OutputMaximum = maximum,
        };
        var network = new QuantizedNetwork
        {
            Name = "padded", Input = SampleNetworks.Input(6, 5, 2),
            Nodes = [new LutNode("layer", ["input"], layer), new ChannelPadNode("pad", ["layer"], 3, 1)],
        };

        AssertEqualsReference(network, imageCount: 2);
        var image = SampleNetworks.Image(network.Input, 1);
        var (bare, padded) = (GoldenNetwork.Run(network with { Nodes = network.Nodes[..1] }, image), GoldenNetwork.Run(network, image));
        Assert.Contains(bare, value => value != 0);
        for (var pixel = 0; pixel < 30; pixel++)
            Assert.Equal([0, 0, 0, .. bare[(5 * pixel)..(5 * pixel + 5)], 0], padded[(9 * pixel)..(9 * pixel + 9)]);
    }

    private static void AssertEqualsReference(QuantizedNetwork network, int imageCount)
    {
        var images = Enumerable.Range(0, imageCount).Select(i => SampleNetworks.Image(network.Input, i)).ToArray();
        var expected = images.SelectMany(i => GoldenNetwork.Run(network, i)).ToArray();
        foreach (var variant in EngineVariants.Supported)
        {
            var engine = new GoldenEngine(network, 1, variant);
            var outputs = new int[imageCount * engine.OutputLength];
            engine.Infer(images.SelectMany(i => i).ToArray(), imageCount, outputs);
            Assert.True(expected.AsSpan().SequenceEqual(outputs), $"{variant} differs from the reference.");
        }
    }

    private static QuantizedNetwork Single(Node node, InputQuantizer input) => new() { Name = "one-node", Input = input, Nodes = [node] };

    // The second layer takes the channels and, clamped, the bits of the first.
    private static QuantizedNetwork Chained(LutLayer first, LutLayer second, int height, int width)
    {
        var bits = second.ActivationBits;
        first = first with { OutputMinimum = (int)BitWidth.SignedMinimum(bits), OutputMaximum = (int)BitWidth.SignedMaximum(bits) };
        second = SampleNetworks.Layer(
            first.OutputChannels, second.OutputChannels, SampleNetworks.Kernel3, second.VectorLength, second.CentroidCount, second.Metric,
            bits, second.TableBits, seed: second.CentroidCount);
        return new QuantizedNetwork
        {
            Name = "chained",
            Input = FullRangeInput(height, width, first),
            Nodes = [new LutNode("first", ["input"], first), new LutNode("second", ["first"], second)],
        };
    }

    private static QuantizedNetwork Rectified(QuantizedNetwork network, int largest, bool signed)
    {
        var layer = ((LutNode)network.Nodes[0]).Layer;
        var elements = layer.Codebooks.Select(p => (short)((signed ? p : Math.Abs((int)p)) % (largest + 1)));
        var small = layer with { Metric = DistanceMetric.L2, ActivationBits = Math.Min(layer.ActivationBits, 8) };
        var limit = (int)BitWidth.SignedMaximum(small.ActivationBits);
        return network with
        {
            Input = FullRangeInput(network.Input.Height, network.Input.Width, small),
            Nodes = [new ReluNode("relu", ["input"]), new LutNode(
                "layer", ["relu"], small with { Codebooks = [.. elements.Select(p => (short)Math.Clamp((int)p, -limit, limit))] })],
        };
    }

    private static QuantizedNetwork OneExact(ExactLayer layer, int bits, int height, int width, bool rectified) => new()
    {
        Name = "one-exact",
        Input = FullRangeInput(height, width, layer.InputChannels, bits),
        Nodes = [new ReluNode("relu", ["input"]), new ExactNode("layer", [rectified ? "relu" : "input"], layer)],
    };

    private static InputQuantizer FullRangeInput(int height, int width, LutLayer layer) =>
        FullRangeInput(height, width, layer.InputChannels, layer.ActivationBits);

    private static InputQuantizer FullRangeInput(int height, int width, int channels, int bits)
    {
        var random = new Random(height * 31 + width);
        var (low, high) = ((int)BitWidth.SignedMinimum(bits), (int)BitWidth.SignedMaximum(bits));
        return new InputQuantizer
        {
            Height = height,
            Width = width,
            Channels = channels,
            ActivationBits = bits,
            Codes = [.. Enumerable.Range(0, channels * 256).Select(_ => (short)random.Next(low, high + 1))],
        };
    }
}
