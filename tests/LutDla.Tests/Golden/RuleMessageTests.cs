using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;

namespace LutDla.Tests.Golden;

/// <summary>
/// Each number of a network one step beyond what docs/artefact.md allows: one problem, which says where it is, what is there and what may
/// be. What is at its limit is legal.
/// </summary>
public sealed class RuleMessageTests
{
    private static readonly QuantizedNetwork AllKinds = SampleNetworks.AllKinds();

    private static readonly QuantizedNetwork Elements = SampleNetworks.Elements();

    private static readonly Dictionary<string, QuantizedNetwork> Broken = new()
    {
        ["input.height = 0: It must be 1 to 16384 rows."] = Input(i => i with { Height = 0 }),
        ["input.height = 16385: It must be 1 to 16384 rows."] = Input(i => i with { Height = 16385 }),
        ["input.width = 0: It must be 1 to 16384 columns."] = Input(i => i with { Width = 0 }),
        ["input.width = 16385: It must be 1 to 16384 columns."] = Input(i => i with { Width = 16385 }),
        ["input.channels = 0: It must be 1 to 65536 channels."] = Input(i => i with { Channels = 0 }),
        ["input.channels = 65537: It must be 1 to 65536 channels."] = Input(i => i with { Channels = 65537 }),
        ["input.activation_bits = 3: It must be 4 to 16 bits."] = Input(i => i with { ActivationBits = 3 }),
        ["input.activation_bits = 17: It must be 4 to 16 bits."] = Input(i => i with { ActivationBits = 17 }),
        ["input: values of the tensor = 268435456: It must be 1 to 67108864 values."] =
            Input(i => i with { Height = 16384, Width = 8192 }),
        ["input.codes = 511 elements: The shape needs 512."] = Input(i => i with { Codes = i.Codes[1..] }),
        ["input.codes = 0 elements: The shape needs 512."] = Input(i => i with { Codes = default }),
        ["input.codes[511] = 128: Every value must fit in 8 signed bits, -128 to 127."] =
            Input(i => i with { Codes = i.Codes.SetItem(511, 128) }),
        [Bytes(1, 2)] = Input(i => i with { Bytes = new ByteMeaning([0], [1, 1]) }),
        [Bytes(2, 1)] = Input(i => i with { Bytes = new ByteMeaning([0, 0], [1]) }),
        [Bytes(2, 2)] = Input(i => i with { Bytes = new ByteMeaning([0, 0], [1, 0.99e-30]) }),
        ["conv.input_channels = 0: It must be 1 to 65536 channels."] = Conv(l => l with { InputChannels = 0 }),
        ["conv.output_channels = 65537: It must be 1 to 65536 channels."] = Conv(l => l with { OutputChannels = 65537 }),
        ["conv.vector_length = 0: It must be 1 to 16 elements."] = Conv(l => l with { VectorLength = 0 }),
        ["conv.vector_length = 17: It must be 1 to 16 elements."] = Conv(l => l with { VectorLength = 17 }),
        ["conv.centroid_count = 1: It must be 2 to 256 centroids."] = Conv(l => l with { CentroidCount = 1 }),
        ["conv.centroid_count = 257: It must be 2 to 256 centroids."] = Conv(l => l with { CentroidCount = 257 }),
        ["conv.activation_bits = 17: It must be 4 to 16 bits."] = Conv(l => l with { ActivationBits = 17 }),
        ["conv.table_bits = 1: It must be 2 to 16 bits."] = Conv(l => l with { TableBits = 1 }),
        ["conv.layout = 7: It must be one of Channels, Window."] = Conv(l => l with { Layout = (SubspaceLayout)7 }),
        ["conv.window.height = 0: It must be 1 to 255 rows."] = Conv(l => l with { Window = new() { Height = 0, Width = 3 } }),
        ["conv.window.height = 256: It must be 1 to 255 rows."] = Conv(l => l with { Window = new() { Height = 256, Width = 3 } }),
        ["conv.window.width = 0: It must be 1 to 255 columns."] = Conv(l => l with { Window = new() { Height = 3, Width = 0 } }),
        ["conv.window.stride_height = 0: It must be 1 to 255 rows."] = Conv(l => l with { Window = l.Window with { StrideHeight = 0 } }),
        ["conv.window.stride_width = 256: It must be 1 to 255 columns."] =
            Conv(l => l with { Window = l.Window with { StrideWidth = 256 } }),
        ["conv.window.padding_height = 3: It must be 0 to 2 rows."] = Conv(l => l with { Window = l.Window with { PaddingHeight = 3 } }),
        ["conv.window.padding_width = 3: It must be 0 to 2 columns."] = Conv(l => l with { Window = l.Window with { PaddingWidth = 3 } }),
        ["depth.vector_length = 8: Layout window needs the kernel area, 9."] =
            AllKinds.WithLayer("depth", l => l with { VectorLength = 8 }),
        ["conv: subspaces = 98304: It must be 1 to 65536 subspaces."] = Conv(
            l => l with { InputChannels = 16384, VectorLength = 2, Window = new() { Height = 4, Width = 3, PaddingHeight = 1 } }),
        ["conv.output = 1 to 0: The lower clamp must not lie above the upper clamp."] =
            Conv(l => l with { OutputMinimum = 1, OutputMaximum = 0 }),
        ["conv.bias = 4 elements: The shape needs 5."] = Conv(l => l with { Bias = l.Bias[1..] }),
        ["conv.multiplier[0] = -1: It must be 0 to 65535 in every channel."] =
            Conv(l => l with { Multiplier = l.Multiplier.SetItem(0, -1).SetItem(1, -2) }),
        ["conv.shift[4] = 32: It must be 0 to 31 in every channel."] = Conv(l => l with { Shift = l.Shift.SetItem(4, 32) }),
        ["exact.input_channels = 0: It must be 1 to 65536 channels."] = Exact(l => l with { InputChannels = 0 }),
        ["exact.output_channels = 0: It must be 1 to 65536 channels."] = Exact(l => l with { OutputChannels = 0 }),
        ["exact.groups = 0: It must be 1 to 65536 groups."] = Exact(l => l with { Groups = 0 }),
        ["exact.groups = 2: It must divide 9 input and 9 output channels."] = Exact(l => l with { Groups = 2 }),
        ["exact.groups = 3: It must divide 9 input and 10 output channels."] = Exact(l => l with { OutputChannels = 10 }),
        ["exact.weight_bits = 1: It must be 2 to 16 bits."] = Exact(l => l with { WeightBits = 1 }),
        ["exact.weight_bits = 17: It must be 2 to 16 bits."] = Exact(l => l with { WeightBits = 17 }),
        ["exact.weights = 242 elements: The shape needs 243."] = Exact(l => l with { Weights = l.Weights[1..] }),
        ["exact.input_channels = 12: The input has 9 channels."] = Exact(
            l => SampleNetworks.Exact(12, 9, 3, SampleNetworks.Kernel3) with { OutputMinimum = l.OutputMinimum }),
        ["max.window.height = 0: It must be 1 to 255 rows."] = Pool("max", p => p with { Window = new() { Height = 0, Width = 1 } }),
        ["average.rescale = missing: Average pooling has a rescale, maximum pooling none."] =
            Pool("average", p => p with { Rescale = null }),
        ["average.rescale.multiplier = 65536: It must be 0 to 65535 (unsigned, 16 bits)."] =
            Pool("average", p => p with { Rescale = new(65536, 0, 0, 1) }),
        ["average.rescale.multiplier = -1: It must be 0 to 65535 (unsigned, 16 bits)."] =
            Pool("average", p => p with { Rescale = new(-1, 0, 0, 1) }),
        ["average.rescale.shift = 32: It must be 0 to 31 bits."] = Pool("average", p => p with { Rescale = new(1, 32, 0, 1) }),
        ["average.rescale = 2 to 1: The lower clamp must not lie above the upper clamp."] =
            Pool("average", p => p with { Rescale = new(1, 0, 2, 1) }),
        ["sum.multiplier_a = 65536: It must be 0 to 65535 (unsigned, 16 bits)."] = Add(a => a with { MultiplierA = 65536 }),
        ["sum.multiplier_b = -1: It must be 0 to 65535 (unsigned, 16 bits)."] = Add(a => a with { MultiplierB = -1 }),
        ["sum.shift = 32: It must be 0 to 31 bits."] = Add(a => a with { Shift = 32 }),
        ["sum.output = 3 to 2: The lower clamp must not lie above the upper clamp."] =
            Add(a => a with { OutputMinimum = 3, OutputMaximum = 2 }),
        ["pad.before = -1: It must be 0 to 65536 channels."] = Pad(-1, 2),
        ["pad.after = 65537: It must be 0 to 65536 channels."] = Pad(2, 65537),
        ["pad: channels = 65537: It must be 1 to 65536 channels."] = Pad(0, 65532),
        ["flat: channels = 70000: It must be 1 to 65536 channels."] = new()
        {
            Name = "flat", Input = SampleNetworks.Input(70, 1000, 1), Nodes = [new FlattenNode("flat", ["input"])],
        },
        ["table.codes = 0: It must be 1 to 65536 codes."] = Element(e => e with { Codes = default }),
        ["table.first = 32768: It must be -32768 to 32767 (signed, 16 bits)."] = Element(e => e with { First = 32768 }),
        ["table.inputs = -128 to 127: The input's values must have codes, -127 to 132."] = Element(e => e with { First = -127 }),
        ["table.inputs = -128 to 127: The input's values must have codes, -128 to 126."] =
            Element(e => e with { First = -128, Codes = e.Codes[..255] }),
        ["stretched.rescale.shift = 32: It must be 0 to 31 bits."] = Product("stretched", p => p with { Rescale = new(1, 32, 0, 1) }),
        ["stretched.inputs = 5 x 7 x 4 and 5 x 7 x 3: "
            + "Both inputs must have the same shape, or the second one pixel and as many channels."] =
            Product("stretched", p => p with { Inputs = ["table", "input"] }),
        ["both.rescales = 2 rescales: There must be one for each of the 3 inputs."] = Concat(c => c with { Rescales = c.Rescales[1..] }),
        ["both.rescales = 0 rescales: There must be one for each of the 3 inputs."] = Concat(c => c with { Rescales = default }),
        ["both.rescale.shift = -1: It must be 0 to 31 bits."] =
            Concat(c => c with { Rescales = c.Rescales.SetItem(2, new(1, -1, 0, 1)) }),
        ["result_scale = 0: It must be more than 0 and finite."] = AllKinds with { ResultScale = 0 },
        ["result_scale = -1: It must be more than 0 and finite."] = AllKinds with { ResultScale = -1 },
        ["result_scale = NaN: It must be more than 0 and finite."] = AllKinds with { ResultScale = double.NaN },
        ["data = Texts a/b: It must name a data set, file or folder, and have the SHA-256 of a file."] =
            AllKinds with { Data = new(DataKind.Texts, "a/b") },
        ["both.inputs = 5 x 7 x 4, 1 x 1 x 4, 5 x 7 x 4: All inputs must have as many rows and columns."] =
            Concat(c => c with { Inputs = ["stretched", "pixel", "stretched"] }),
    };

    public static TheoryData<string> Messages { get; } = [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_number_beyond_its_limit_is_one_problem(string message) =>
        Assert.Equal([message], NetworkRules.Problems(Broken[message]).Select(Text));

    [Theory]
    [InlineData(1, 1, "input.vocabulary = 1: It must be 2 to 65536 tokens.")]
    [InlineData(1, 65537, "input.vocabulary = 65537: It must be 2 to 65536 tokens.")]
    [InlineData(6, 2, "input.height = 6: Tokens lie in one row.")]
    public void Tokens_lie_in_a_row_and_are_of_some_thousand_kinds(int height, int vocabulary, string message) => Assert.Equal(
        message, NetworkRules.Problems(Input(i => i with { Height = height, Vocabulary = vocabulary })).Select(Text).First());

    // Products and concatenations take 16 bits: of the network that has both, a convolution makes more.
    [Fact]
    public void Factors_have_sixteen_bits()
    {
        var wide = Elements.With("conv", n => n is LutNode l ? l with { Layer = l.Layer with { OutputMinimum = -32769 } } : n)
            .With("table", n => n with { Inputs = ["input"] }).With("pixel", n => n with { Inputs = ["input"] });

        Assert.Contains(
            "product.inputs = -32769 to 127: The input's values must fit in 16 signed bits.", NetworkRules.Problems(wide).Select(Text));
        Assert.Contains("both.inputs = -32769 to 127: The input's values must fit in 16 signed bits.", NetworkRules.Problems(
            wide.With("stretched", n => n with { Inputs = ["pixel", "pixel"] })
                .With("both", n => n with { Inputs = ["conv", "conv", "conv"] })).Select(Text));
        Assert.DoesNotContain(
            NetworkRules.Problems(
                wide.With("conv", n => n is LutNode l ? l with { Layer = l.Layer with { OutputMinimum = -32768 } } : n)),
            p => p.Rule.EndsWith("16 signed bits.", StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_at_their_limits_are_legal()
    {
        QuantizedNetwork[] networks =
        [
            Input(i => i with { Bytes = new ByteMeaning([1e30, -1e30], [1, 1]) }),
            Input(i => i with { Bytes = new ByteMeaning([0, 1], [1e30, 1e-30]) }),
            Conv(l => l with { Multiplier = [0, 65535, 0, 65535, 0], Shift = [0, 31, 0, 31, 0] }),
            Conv(l => l with { OutputMinimum = 5, OutputMaximum = 5 }),
            Pool("average", p => p with { Rescale = new(65535, 31, 0, 0) }),
            Add(a => a with { MultiplierA = 0, MultiplierB = 65535, Shift = 31 }),
            Element(e => e with { First = -128, Codes = e.Codes[..256] }),
            AllKinds with { ResultScale = double.Epsilon },
            AllKinds with { Name = new string('n', 128) },
        ];

        // A layer behind one whose image is another may not take it.
        Assert.All(networks, network => Assert.DoesNotContain(
            NetworkRules.Problems(network), p => !p.Rule.StartsWith("The input", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_long_name_is_shown_in_part()
    {
        var problem = Assert.Single(NetworkRules.Problems(AllKinds with { Name = new string('n', 129) }, "file"));

        Assert.Equal(
            $"name = {new string('n', 128)}...: A name has 1 to 128 of A-Z a-z 0-9 _ . - and begins with none of . and -", Text(problem));
        Assert.Equal(("file", "Convert the network again, or correct the exporter."), (problem.File, problem.Mend));
    }

    private static string Text(InputProblem problem) => $"{problem.Key} = {problem.Value}: {problem.Rule}";

    private static string Bytes(int offsets, int steps) =>
        $"input.bytes = {offsets} offsets, {steps} steps: There must be 2 finite numbers each: steps from 1E-30 to 1E+30, "
        + "offsets of at most 1E+30 and as many steps.";

    private static QuantizedNetwork Input(Func<InputQuantizer, InputQuantizer> change) => AllKinds with { Input = change(AllKinds.Input) };

    private static QuantizedNetwork Conv(Func<LutLayer, LutLayer> change) => AllKinds.WithLayer("conv", change);

    private static QuantizedNetwork Exact(Func<ExactLayer, ExactLayer> change) =>
        AllKinds.With("exact", n => n is ExactNode e ? e with { Layer = change(e.Layer) } : n);

    private static QuantizedNetwork Pool(string name, Func<PoolNode, PoolNode> change) =>
        AllKinds.With(name, n => n is PoolNode p ? change(p) : n);

    private static QuantizedNetwork Add(Func<AddNode, AddNode> change) => AllKinds.With("sum", n => n is AddNode a ? change(a) : n);

    private static QuantizedNetwork Pad(int before, int after) =>
        AllKinds.With("pad", n => n is ChannelPadNode p ? p with { Before = before, After = after } : n);

    private static QuantizedNetwork Element(Func<ElementNode, ElementNode> change) =>
        Elements.With("table", n => n is ElementNode e ? change(e) : n);

    private static QuantizedNetwork Product(string name, Func<ProductNode, ProductNode> change) =>
        Elements.With(name, n => n is ProductNode p ? change(p) : n);

    private static QuantizedNetwork Concat(Func<ConcatNode, ConcatNode> change) =>
        Elements.With("both", n => n is ConcatNode c ? change(c) : n);
}
