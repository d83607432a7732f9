using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Rules;

namespace LutDla.Tests.Golden;

public sealed class GoldenOperationsTests
{
    private static readonly ImageTensor Image = new(new ImageShape(2, 3, 1), [-5, -2, -9, -1, -7, -3]);

    [Fact]
    public void Each_channel_has_its_own_codes()
    {
        var input = new InputQuantizer
        {
            Height = 1,
            Width = 2,
            Channels = 2,
            ActivationBits = 16,
            Codes = [.. Enumerable.Range(0, 256).Select(i => (short)i), .. Enumerable.Range(0, 256).Select(i => (short)-i)],
        };

        Assert.Equal([3, -4, 255, -255], GoldenOperations.Quantize(input, [3, 4, 255, 255]).Values);
    }

    [Fact]
    public void Padding_never_wins_a_maximum_pool()
    {
        var window = new Window { Height = 2, Width = 2, StrideHeight = 2, StrideWidth = 2, PaddingHeight = 1, PaddingWidth = 1 };

        var pooled = GoldenOperations.Pool(new PoolNode("p", ["x"], PoolKind.Max, window, null), Image);

        Assert.Equal(new ImageShape(2, 2, 1), pooled.Shape);
        Assert.Equal([-5, -2, -1, -3], pooled.Values);
    }

    [Fact]
    public void Padding_counts_as_0_in_an_average_pool()
    {
        var window = new Window { Height = 2, Width = 2, StrideHeight = 2, StrideWidth = 2, PaddingHeight = 1, PaddingWidth = 1 };

        // A quarter of the sum: -5/4, -11/4, -1/4, -10/4; the last one is a half, away from zero.
        var pooled = GoldenOperations.Pool(new PoolNode("p", ["x"], PoolKind.Average, window, new TensorRescale(1, 2, -128, 127)), Image);

        Assert.Equal([-1, -3, 0, -3], pooled.Values);
    }

    [Fact]
    public void A_residual_addition_rounds_once()
    {
        var a = new ImageTensor(new ImageShape(1, 1, 4), [1, 1, -1, 100]);
        var b = new ImageTensor(new ImageShape(1, 1, 4), [1, 0, 0, 100]);

        // (a + b) / 2: two halves make one, not two.
        Assert.Equal([1, 1, -1, 99], GoldenOperations.Add(new AddNode("s", ["a", "b"], 1, 1, 1, -99, 99), a, b).Values);
    }

    [Fact]
    public void Rectification_and_flatten()
    {
        Assert.Equal([0, 3], GoldenOperations.Relu(new ImageTensor(new ImageShape(2, 1, 1), [-1, 3])).Values);
        Assert.Equal(new ImageShape(1, 1, 6), GoldenOperations.Flatten(Image).Shape);
    }

    [Fact]
    public void A_network_traces_its_layers_in_order_and_each_feeds_the_next()
    {
        var network = SampleNetworks.AllKinds();
        var traces = new List<(string Name, LutLayerTrace Trace)>();

        var logits = GoldenNetwork.Run(network, SampleNetworks.Image(network.Input, 7), (node, trace) => traces.Add((node.Name, trace)));

        Assert.Equal(["conv", "depth", "linear"], traces.Select(t => t.Name));
        Assert.Equal(logits, traces[^1].Trace.Outputs);
        Assert.All(traces, t => Assert.Equal(NetworkRules.Shapes(network)[t.Name], t.Trace.OutputShape));
        Assert.Equal(traces[0].Trace.OutputShape with { Height = 4, Width = 2 }, traces[1].Trace.InputShape);
    }

    [Fact]
    public void An_image_of_the_wrong_size_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => GoldenNetwork.Run(SampleNetworks.AllKinds(), new byte[59]));

        Assert.StartsWith("The network all-kinds takes images of 60 bytes, not 59.", e.Message, StringComparison.Ordinal);
    }
}
