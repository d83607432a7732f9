using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Hardware;

namespace LutDla.Tests.Golden;

/// <summary>Rules that a file cannot break, or that need several problems at once; ArtefactFileTests breaks the others.</summary>
public sealed class NetworkRulesTests
{
    private static readonly QuantizedNetwork Legal = SampleNetworks.AllKinds();

    [Fact]
    public void The_sample_is_legal_and_its_shapes_are_known()
    {
        Assert.Empty(NetworkRules.Problems(Legal));
        var shapes = NetworkRules.Shapes(Legal);
        Assert.Equal(new ImageShape(6, 5, 2), shapes["input"]);
        Assert.Equal(new ImageShape(4, 2, 5), shapes["max"]);
        Assert.Equal(new ImageShape(3, 3, 5), shapes["average"]);
        Assert.Equal(new ImageShape(1, 1, 81), shapes["flat"]);
    }

    [Fact]
    public void Results_that_are_each_legal_are_refused_where_their_sum_is_not()
    {
        QuantizedNetwork Chain(int length) => new()
        {
            Name = "chain",
            Input = SampleNetworks.Input(4096, 4096, 1),
            Nodes = [.. Enumerable.Range(1, length).Select(i => new ReluNode($"relu{i}", [i == 1 ? "input" : $"relu{i - 1}"]))],
        };

        // The image and seven results of 2^24 values each are 2^27.
        Assert.Empty(NetworkRules.Problems(Chain(7)));
        AssertProblem(
            "values of a run = 150994944: All results, padded images and indices together must be at most 134217728 values.", Chain(8));
    }

    [Fact]
    public void Padding_and_indices_count_among_the_values_of_a_run()
    {
        // The window moves over 320 x 320 padded pixels, but sees 128 x 128 places of it only.
        var window = new Window { Height = 193, Width = 193, PaddingHeight = 32, PaddingWidth = 32, StrideHeight = 8, StrideWidth = 8 };

        // The image, 193 x 193 subspaces of one element and a result; and the image itself, which the quantiser makes.
        var values = 320L * 320 * (1 + 193 * 193 + 1) + 256 * 256;
        AssertProblem($"values of a run = {values}:", new QuantizedNetwork
        {
            Name = "wide",
            Input = SampleNetworks.Input(256, 256, 1),
            Nodes = [new LutNode("conv", ["input"], SampleNetworks.Layer(1, 1, window, v: 1, c: 2, DistanceMetric.L1))],
        });
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var network = Legal
            .WithLayer("conv", l => l with { Bias = default, Multiplier = l.Multiplier.SetItem(3, 65536), Shift = l.Shift.SetItem(4, -1) })
            .WithLayer("depth", l => l with { InputChannels = 4 })
            .WithLayer("linear", l => l with { OutputMinimum = 5, OutputMaximum = 4 });

        var keys = NetworkRules.Problems(network, "a.safetensors").Select(p => p.Key);

        Assert.Equal(
            [
                "conv.bias", "conv.multiplier[3]", "conv.shift[4]", "depth.codebooks", "depth.tables", "depth.input_channels",
                "linear.output",
            ],
            keys);
    }

    [Theory]
    [InlineData("conv.codebooks[2] = 128: Every value must fit in 8 signed bits, -128 to 127.", 2, 128)]
    [InlineData("conv.codebooks[0] = -129", 0, -129)]
    public void Codes_fit_their_bits(string expected, int at, short value) =>
        AssertProblem(expected, Legal.WithLayer("conv", l => l with { Codebooks = l.Codebooks.SetItem(at, value) }));

    [Fact]
    public void Table_entries_fit_their_bits() => AssertProblem(
        "conv.tables[1] = 200: Every value must fit in 8 signed bits",
        Legal.WithLayer("conv", l => l with { Tables = l.Tables.SetItem(1, 200) }));

    [Theory]
    [InlineData(0, 1e-300)]
    [InlineData(0, 1e300)]
    [InlineData(1e29, 1e-29)]
    [InlineData(double.NaN, 1)]
    public void What_bytes_stand_for_are_numbers_that_a_host_computes_with(double offset, double step) => AssertProblem(
        "input.bytes = 2 offsets, 2 steps", Legal with { Input = Legal.Input with { Bytes = new ByteMeaning([0, offset], [1, step]) } });

    [Fact]
    public void Elements_beyond_the_last_channel_are_0()
    {
        // 81 channels, v = 4: the last subspace has one channel, so its elements 1 to 3 are padding.
        var last = Legal.Nodes.OfType<LutNode>().Single(n => n.Name == "linear").Layer.Codebooks.Length - 1;

        AssertProblem(
            $"linear.codebooks[{last}] = 1: Elements beyond the last channel must be 0.",
            Legal.WithLayer("linear", l => l with { Codebooks = l.Codebooks.SetItem(last, 1) }));
        Assert.Empty(NetworkRules.Problems(Legal.WithLayer("linear", l => l with { Codebooks = l.Codebooks.SetItem(last - 3, 1) })));
    }

    [Fact]
    public void What_flows_in_fits_the_activation_bits() => AssertProblem(
        "depth.activation_bits = 8: The input's values, -129 to 127, must fit in them.",
        Legal.WithLayer("conv", l => l with { OutputMinimum = -129 }));

    [Fact]
    public void A_rectification_narrows_what_flows_on()
    {
        // -500 to 127 does not fit in 8 bits; 0 to 127 does.
        Assert.Empty(NetworkRules.Problems(Legal.With("sum", n => n is AddNode a ? a with { OutputMinimum = -500 } : n)));
    }

    [Fact]
    public void Residual_inputs_have_one_shape() => AssertProblem(
        "sum.inputs = 6 x 5 x 5 and 4 x 2 x 5: Both inputs must have the same shape.",
        Legal.With("sum", n => n with { Inputs = ["conv", "depth"] }));

    [Fact]
    public void A_window_fits_into_its_image() => AssertProblem(
        "average.window = 7 x 1: It must fit into the padded image of 4 x 2 x 5.",
        Legal.With("average", n => n is PoolNode p ? p with { Window = new Window { Height = 7, Width = 1 } } : n));

    [Fact]
    public void A_maximum_pool_has_no_rescale() => AssertProblem(
        "max.rescale = present", Legal.With("max", n => n is PoolNode p ? p with { Rescale = new TensorRescale(1, 0, 0, 1) } : n));

    [Fact]
    public void Enumerations_hold_known_values()
    {
        AssertProblem(
            "conv.metric = 7: It must be one of L2, L1, Chebyshev.", Legal.WithLayer("conv", l => l with { Metric = (DistanceMetric)7 }));
        AssertProblem("conv.layout = 7", Legal.WithLayer("conv", l => l with { Layout = (SubspaceLayout)7 }));
        AssertProblem("max.kind = 7", Legal.With("max", n => n is PoolNode p ? p with { Kind = (PoolKind)7 } : n));
    }

    [Fact]
    public void An_empty_network_is_illegal()
    {
        AssertProblem("nodes = 0: It must be 1 to 4096 nodes.", Legal with { Nodes = [] });
        AssertProblem("nodes = 0", Legal with { Nodes = default });
    }

    [Fact]
    public void Sub_vectors_of_one_layer_are_bounded() => AssertProblem(
        "big: elements of sub-vectors = 409600000",
        new QuantizedNetwork
        {
            Name = "big",
            Input = SampleNetworks.Input(1280, 1280, 10),
            Nodes = [new LutNode(
                "big", ["input"],
                SampleNetworks.Layer(
                    10, 1, new Window { Height = 5, Width = 5, PaddingHeight = 2, PaddingWidth = 2 }, 1, 2, DistanceMetric.L1))],
        });

    private static void AssertProblem(string expected, QuantizedNetwork network) =>
        Assert.Contains(NetworkRules.Problems(network), p => p.ToString().Contains(expected, StringComparison.Ordinal));
}
