using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Rules;

namespace LutDla.Tests.Golden;

/// <summary>docs/arithmetic.md, section 6, and the rules of exact layers.</summary>
public sealed class GoldenExactTests
{
    private static readonly QuantizedNetwork Legal = SampleNetworks.AllKinds();

    // One output of four weights in a 2 x 2 window with padding: the image's corners are seen by one weight each.
    private static readonly ExactLayer Corners = new()
    {
        InputChannels = 1,
        OutputChannels = 1,
        Window = new Window { Height = 2, Width = 2, StrideHeight = 2, StrideWidth = 3, PaddingHeight = 1, PaddingWidth = 1 },
        WeightBits = 8,
        Weights = [1, 10, 100, -7],
        Bias = [1],
        Multiplier = [1],
        Shift = [1],
        OutputMinimum = -400,
        OutputMaximum = 400,
    };

    private static readonly ImageTensor Image = new(new ImageShape(2, 3, 1), [3, 5, 6, 2, 4, 9]);

    [Fact]
    public void A_window_meets_its_weights_row_by_row_and_zeros_outside()
    {
        var result = GoldenExact.Run(Corners, Image);

        // Above the image: 3 · -7; 6 · 100. Below: 2 · 10; 9 · 1. Then plus one, halved, halves away from zero, clamped.
        Assert.Equal(new ImageShape(2, 2, 1), result.Shape);
        Assert.Equal([-10, 301, 11, 5], result.Values);
        Assert.Equal([-10, 300, 11, 5], GoldenExact.Run(Corners with { OutputMaximum = 300 }, Image).Values);
    }

    [Fact]
    public void An_output_sees_the_inputs_of_its_group_only()
    {
        var layer = Corners with
        {
            InputChannels = 4, OutputChannels = 2, Groups = 2, Window = SampleNetworks.Kernel1, Weights = [1, 2, 3, 4], Bias = [0, 0],
            Multiplier = [1, 1], Shift = [0, 0],
        };

        Assert.Equal(
            [1 + 20, 300 + 4000 - 3900], GoldenExact.Run(layer, new ImageTensor(new ImageShape(1, 1, 4), [1, 10, 100, 1000])).Values);
    }

    public static TheoryData<string, Func<ExactLayer, ExactLayer>> Broken { get; } = new()
    {
        { "exact.groups = 2: It must divide 9 input and 9 output channels.", l => l with { Groups = 2 } },
        { "exact.groups = 0: It must be 1 to 65536 groups.", l => l with { Groups = 0 } },
        { "exact.weight_bits = 17: It must be 2 to 16 bits.", l => l with { WeightBits = 17 } },
        {
            "exact.weights[0] = 128: Every value must fit in 8 signed bits, -128 to 127.",
            l => l with { Weights = l.Weights.SetItem(0, 128) }
        },
        { "exact.weights = 242 elements: The shape needs 243.", l => l with { Weights = l.Weights.RemoveAt(0) } },
        { "exact.weights = 243 elements: The shape needs 729.", l => l with { Groups = 1 } },
        { "exact.bias = 0 elements: The shape needs 9.", l => l with { Bias = default } },
        { "exact.shift[2] = 32", l => l with { Shift = l.Shift.SetItem(2, 32) } },
        { "exact.multiplier[2] = -1", l => l with { Multiplier = l.Multiplier.SetItem(2, -1) } },
        {
            "exact.output = 1 to 0: The lower clamp must not lie above the upper clamp.",
            l => l with { OutputMinimum = 1, OutputMaximum = 0 }
        },
        { "exact.input_channels = 6: The input has 9 channels.", l => l with { InputChannels = 6, Groups = 3 } },
        { "exact.window.height = 0", l => l with { Window = l.Window with { Height = 0 } } },
        { "They must fit in 32 bits, with and without the bias.", l => l with { Bias = l.Bias.SetItem(7, int.MaxValue) } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_layer_is_refused(string expected, Func<ExactLayer, ExactLayer> change) => AssertProblem(
        expected, Legal.With("exact", n => n is ExactNode exact ? exact with { Layer = change(exact.Layer) } : n));

    [Fact]
    public void What_flows_in_has_16_bits() => AssertProblem(
        "exact.inputs = 0 to 32768: The input's values must fit in 16 signed bits.",
        Legal.With("average", n => n is PoolNode { Rescale: { } r } p ? p with { Rescale = r with { OutputMaximum = 32768 } } : n));

    [Fact]
    public void Bounds_take_the_padding_into_account() =>
        Assert.Equal([new AccumulatorBounds(-70, 1110)], OverflowProof.Bounds(Corners, 5, 10));

    // Each extreme product alone reaches the limits of what is legal.
    [Theory]
    [InlineData(short.MaxValue, true)]
    [InlineData(short.MinValue, false)]
    public void Sums_of_32_bits_are_the_limit(short weight, bool isLegal)
    {
        var problems = NetworkRules.Problems(SampleNetworks.Extreme(weight));

        Assert.Equal(isLegal, problems.Count == 0);
    }

    private static void AssertProblem(string expected, QuantizedNetwork network) =>
        Assert.Contains(NetworkRules.Problems(network), p => p.ToString().Contains(expected, StringComparison.Ordinal));
}
