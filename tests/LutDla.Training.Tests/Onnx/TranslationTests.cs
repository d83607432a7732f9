using LutDla.Boundary;
using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Onnx;
using LutDla.Training.Conversion;
using LutDla.Training.Formats;
using LutDla.Training.Recipe;
using TorchSharp;

namespace LutDla.Training.Tests.Onnx;

/// <summary>
/// ONNX networks as they come from elsewhere: each is compared with ONNX Runtime, then converted, trained a little and compared with the
/// golden model.
/// </summary>
public sealed class TranslationTests
{
    private const double Tolerance = 1e-4;

    private const int Side = ToyData.Side;

    private static readonly int[] Padded = [1, 1, 1, 1];

    private static readonly Dictionary<string, Func<ModelBuilder>> Models = new()
    {
        ["leaky rectification, functions in a row"] = () => Convolution("image", "a", 3, 4)
            .Node("LeakyRelu", "a", "b", ("alpha", 0.2f)).Weights("w2", 5, 4, 3, 3)
            .Node("Conv", "b w2", "c", ("pads", Padded)).Node("Tanh", "c", "d").Node("Neg", "d", "e").Node("Exp", "e", "f").Scores("f", 5),
        ["SiLU, hard swish"] = () => Convolution("image", "a", 3, 4)
            .Node("Sigmoid", "a", "s").Node("Mul", "a s", "b").Weights("w2", 5, 4, 3, 3).Number("three", 3).Number("six", 6)
                .Number("zero", 0)
            .Node("Conv", "b w2", "c", ("pads", Padded)).Node("Add", "c three", "d").Node("Clip", "d zero six", "e").Node("Mul", "c e", "f")
                .Node("Div", "f six", "g").Scores("g", 5),
        ["Gelu spelled out"] = () => Convolution("image", "a", 3, 4).Number("root", 1.4142135f).Number("one", 1).Number("half", 0.5f)
            .Node("Div", "a root", "b").Node("Erf", "b", "c").Node("Add", "c one", "d").Node("Mul", "a d", "e").Node("Mul", "e half", "f")
                .Scores("f", 4),
        ["squeeze and excitation"] = () => Convolution("image", "a", 3, 4).Node("Relu", "a", "b").Node("GlobalAveragePool", "b", "c")
            .Weights("w2", 2, 4, 1, 1).Weights("w3", 4, 2, 1, 1).Node("Conv", "c w2", "d").Node("Relu", "d", "e").Node("Conv", "e w3", "f")
                .Node("Sigmoid", "f", "g")
            .Node("Mul", "g b", "h").Scores("h", 4),
        ["dense connections, normalisation before"] = () => Convolution("image", "a", 3, 4).Weights("w2", 3, 4, 3, 3)
            .Positive("scale", 4).Weights("shift", 4).Weights("mean", 4).Positive("variance", 4)
            .Node("BatchNormalization", "a scale shift mean variance", "b").Node("Relu", "b", "c")
                .Node("Conv", "c w2", "d", ("pads", Padded))
            .Node("Concat", "a d", "e", ("axis", 1)).Positive("scale2", 7).Weights("shift2", 7).Weights("mean2", 7).Positive("variance2", 7)
            .Node("BatchNormalization", "e scale2 shift2 mean2 variance2", "f").Node("Relu", "f", "g")
                .Node("Concat", "g d e", "h", ("axis", 1)).Scores("h", 17),
        ["channels last, as Keras writes"] = () => new ModelBuilder(13).Input("image", "n", Side, Side, 3).Output("scores")
            .Weights("w1", 4, 3, 3, 3).Weights("shift", 4).Weights("w2", 4 * (Side / 4) * (Side / 4), 4).Weights("b2", 4)
                .Integers("row", -1, 4 * (Side / 4) * (Side / 4))
            .Node("Transpose", "image", "a", ("perm", new[] { 0, 3, 1, 2 })).Node("Conv", "a w1", "b", ("pads", Padded))
            .Node("Transpose", "b", "c", ("perm", new[] { 0, 2, 3, 1 })).Node("Add", "c shift", "d").Node("Relu", "d", "e")
            .Node("Transpose", "e", "f", ("perm", new[] { 0, 3, 1, 2 }))
                .Node("MaxPool", "f", "g", ("kernel_shape", new[] { 4, 4 }), ("strides", new[] { 4, 4 }))
            .Node("Transpose", "g", "h", ("perm", new[] { 0, 2, 3, 1 })).Node("Reshape", "h row", "i").Node("MatMul", "i w2", "j")
                .Node("Add", "j b2", "k").Node("Softmax", "k", "scores"),
        ["a function of a flattened image"] = () => Convolution("image", "a", 3, 4)
            .Node("MaxPool", "a", "b", ("kernel_shape", new[] { 4, 4 }), ("strides", new[] { 4, 4 })).Node("Flatten", "b", "c")
                .Node("Tanh", "c", "d")
            .Weights("w2", 4 * (Side / 4) * (Side / 4), 4).Node("Gemm", "d w2", "scores"),
        ["scores are means"] = () =>
            Convolution("image", "a", 3, 4).Node("Relu", "a", "b").Node("GlobalAveragePool", "b", "c").Node("Flatten", "c", "scores"),
        ["the image is scaled first"] = () => new ModelBuilder(13).Input("image", "n", 3, Side, Side).Output("scores")
            .Number("half", 0.5f).Positive("deviation", 3, 1, 1).Weights("w1", 4, 3, 3, 3)
            .Node("Sub", "image half", "x").Node("Div", "x deviation", "y").Node("Conv", "y w1", "a", ("pads", Padded))
                .Node("Relu", "a", "b").Scores("b", 4),
        ["differences and numbers for each channel"] = () =>
            Convolution("image", "a", 3, 4).Weights("w2", 4, 4, 3, 3).Positive("gain", 1, 4, 1, 1).Number("one", 1).Number("two", 2)
            .Node("Relu", "a", "b").Node("Conv", "b w2", "c", ("pads", Padded)).Node("Sub", "b c", "d").Node("Mul", "gain d", "e")
                .Node("Sub", "one e", "f")
            .Node("Pow", "f two", "g").Scores("g", 4),
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_gives_what_ONNX_Runtime_gives_and_converts(string name)
    {
        var model = Models[name]().ToArray();
        using var folder = new TemporaryFolder();
        using var network = OnnxNetwork.Read(folder.Write("model.onnx", model), [], []);
        var data = ToyData.Bars(64, seed: 1, channels: 3);
        var batch = ImageBatch.Whole(data, Enumerable.Range(0, 8));

        using var found = network.Forward(batch.Images(network.Normalisation));
        // The graph sees bytes over 255.
        using var seen = batch.Images(new PixelNormalisation([0, 0, 0], [1, 1, 1]));
        using var given = name.StartsWith("channels last", StringComparison.Ordinal) ? seen.permute(0, 2, 3, 1) : seen;
        for (var i = 0; i < 8; i++)
        {
            using var image = given[i].unsqueeze(0).contiguous();
            var expected = OnnxRuntimeResult.Of(
                model, "image", ImportedConstant.OfSingles([.. image.shape], image.data<float>().ToArray()));
            using var scores = name.StartsWith("channels last", StringComparison.Ordinal) ? found[i].softmax(0) : found[i].alias();
            Assert.True(
                Values.Difference(
                    expected, ImportedConstant.OfSingles([1, network.Graph.Classes], scores.data<float>().ToArray())) <= Tolerance);
        }

        // The conversion itself compares what was trained with the golden model.
        var options = new ConversionOptions
        {
            Refit = new() { Images = 64, GroupingImages = 32, KMeansRows = 512, Rows = 1024 },
            FineTuning = new() { TableVisits = 64, BatchImages = 16, FeatureWeight = 1, BatchNormalisation = true },
        };
        var converted = LutBoost.Convert(
            network, data with { Classes = network.Graph.Classes }, options, cancellation: TestContext.Current.CancellationToken);
        Assert.True(converted.EqualLogits > 0);
        Assert.Equal(
            Enumerable.Range(0, 8).Select(i => GoldenNetwork.Run(converted.Network, data.Image(i))),
            new GoldenEngine(converted.Network, 1) is var engine ? data.All().Take(8).Select(image => Infer(engine, image.Span)) : []);
    }

    // Nothing is looked up, so that only formats and roundings are left of the difference.
    [Theory]
    [MemberData(nameof(Names))]
    public void Whole_numbers_give_nearly_what_floating_point_gives(string name)
    {
        using var network = Read(Models[name]().ToArray());
        var data = ToyData.Bars(64, seed: 1, channels: 3) with { Classes = network.Graph.Classes };
        var options = new ConversionOptions
        {
            Quantisation = new() { ActivationBits = 11, WeightBits = 14, Layers = LayerRuleList.Parse(["*=exact"]) },
            Refit = new() { Images = 64 },
        };

        var converted = LutBoost.Convert(network, data, options, cancellation: TestContext.Current.CancellationToken).Network;

        var rectified = network.Graph.Operations.Where(op => op is MatrixOperation { Relu: true } or AddOperation { Relu: true })
            .Select(op => op.Name);
        Assert.All(rectified, op => Assert.Equal(0, converted.Nodes.Single(node => node.Name == op) switch
        {
            ExactNode exact => exact.Layer.OutputMinimum, AddNode add => add.OutputMinimum,
            var node => throw new InvalidOperationException($"{node.Name} is no layer."),
        }));
        var logits = data.All().Take(32).Select(image => GoldenNetwork.Run(converted, image.Span)).SelectMany(logit => logit)
            .Select(logit => (double)logit).ToArray();
        using var wanted = network.Forward(ImageBatch.Whole(data, Enumerable.Range(0, 32)).Images(network.Normalisation));
        double[] expected = [.. wanted.flatten().data<float>().ToArray().Select(value => (double)value)];
        // The scale of the logits is not in the artefact: the best one is taken.
        var scale = logits.Zip(expected, (a, b) => a * b).Sum() / logits.Sum(a => a * a);
        var error = Math.Sqrt(logits.Zip(expected, (a, b) => (a * scale - b) * (a * scale - b)).Sum() / expected.Sum(b => b * b));
        Assert.True(error < 0.02, $"The relative error is {error:P2}.");
    }

    [Theory]
    [InlineData("Conv", "flat w3", "A flattened image can only be read by a linear layer, and by functions of its elements.")]
    [InlineData("GlobalAveragePool", "flat", "Only means over the rows and columns of an image are supported.")]
    [InlineData("Mul", "image gate", "Only images of one shape can be multiplied, or each channel by a number.")]
    public void An_order_or_shape_that_ONNX_reads_otherwise_is_refused(string type, string inputs, string reason)
    {
        var model = new ModelBuilder(13).Input("image", "n", 4, 4, 4).Output("scores").Integers("pixel", 0, 64, 1, 1)
            .Weights("w3", 64, 64, 1, 1).Weights("w2", 64, 4)
            .Node("Reshape", "image pixel", "flat").Node("GlobalAveragePool", "image", "means").Node("Flatten", "means", "gate")
            .Node(type, inputs, "found").Node("Flatten", "found", "row").Node("MatMul", "row w2", "scores").ToArray();

        var fault = Assert.Throws<InvalidInputException>(() => Read(model));

        Assert.Contains(fault.Problems, problem => problem.Rule == reason);
    }

    [Fact]
    public void A_function_that_a_file_lets_grow_is_cut_into_several()
    {
        var model = Convolution("image", "x0", 3, 4);
        for (var i = 0; i < 40; i++) model = model.Node("Tanh", $"x{i}", $"t{i}").Node("Mul", $"t{i} x{i}", $"x{i + 1}");
        using var network = Read(model.Scores("x40", 4).ToArray());

        Assert.InRange(network.Graph.Operations.OfType<ElementOperation>().Count(), 2, 40);
        Assert.All(network.Graph.Operations.OfType<ElementOperation>(), op => Assert.InRange(op.Function.Length, 1, 300));
    }

    [Fact]
    public void However_many_operations_make_a_function_of_a_value_it_is_one_table()
    {
        using var network = Read(Models["SiLU, hard swish"]().ToArray());

        Assert.Equal(
            [typeof(MatrixOperation), typeof(ElementOperation), typeof(MatrixOperation), typeof(ElementOperation)],
            network.Graph.Operations.Take(4).Select(op => op.GetType()));
    }

    // An exact layer of one channel would be looked up, as one with one group.
    [Fact]
    public void Normalisation_of_a_single_channel_that_stands_alone_is_a_table()
    {
        var model = new ModelBuilder(13).Input("image", "n", 1, 6, 6).Output("scores").Positive("scale", 1).Weights("shift", 1)
            .Weights("mean", 1).Positive("variance", 1)
            .Weights("w", 4, 1, 3, 3).Node("MaxPool", "image", "a", ("kernel_shape", new[] { 4, 4 }))
            .Node("BatchNormalization", "a scale shift mean variance", "b").Node("Conv", "b w", "c").Node("Flatten", "c", "scores")
                .ToArray();
        using var network = Read(model);
        var values = Values.Random(3, 1, 1, 6, 6);

        using var found = network.Forward(torch.tensor(values.Singles.ToArray()).reshape(1, 1, 6, 6));

        Assert.Single(network.Graph.Operations.OfType<ElementOperation>());
        Assert.True(
            Values.Difference(
                OnnxRuntimeResult.Of(model, "image", values),
                ImportedConstant.OfSingles([1, 4], found.data<float>().ToArray())) <= Tolerance);
    }

    [Fact]
    public void A_vector_of_numbers_is_a_network_s_input()
    {
        var model = new ModelBuilder(13).Input("x", "n", 4).Output("scores").Weights("w1", 4, 6).Weights("b1", 6).Weights("w2", 6, 3)
            .Node("Gemm", "x w1 b1", "a").Node("Relu", "a", "b").Node("Gemm", "b w2", "scores").ToArray();
        using var network = Read(model);
        var values = Values.Random(3, 1, 4);

        using var found = network.Forward(torch.tensor(values.Singles.ToArray()).reshape(1, 4, 1, 1));

        Assert.True(
            Values.Difference(
                OnnxRuntimeResult.Of(model, "x", values), ImportedConstant.OfSingles([1, 3], found.data<float>().ToArray())) <= Tolerance);
    }

    [Fact]
    public void What_cannot_be_translated_says_why()
    {
        var model = Convolution("image", "a", 3, 4).Weights("map", 1, 1, Side, Side).Node("Add", "a map", "b")
            .Node("Concat", "a a", "c", ("axis", 2))
            .Node("Transpose", "a", "d", ("perm", new[] { 0, 1, 3, 2 })).Node("Div", "a a", "e0").Node("Softmax", "a", "f", ("axis", 1))
                .Node("Relu", "f", "g")
            .Node("ReduceMean", "a", "h", ("axes", new[] { 1 }))
            .Node("GlobalAveragePool", "a", "p").Node("Mul", "p p", "q").Node("Flatten", "q", "scores")
            .Output("b").Output("c").Output("d").Output("e0").Output("g").Output("h").ToArray();

        var fault = Assert.Throws<InvalidInputException>(() => Read(model));

        Assert.Equal(
            [
                "node_b: Its constant must be one number a channel, not 1 x 1 x 16 x 16.",
                "node_c: Only the channels of images or vectors can be concatenated.",
                "node_d: Only transpositions that move the channels of an image first or last are supported.",
                "node_f: LUTBoost takes it at the end of a network only.",
                "node_h: Only means over the rows and columns of an image are supported.",
                "output: There must be one, the scores of the classes.",
            ],
            fault.Problems.Select(problem => $"{problem.Key}: {problem.Rule}"));
    }

    private static ModelBuilder Convolution(string input, string output, int channels, int outputs) =>
        new ModelBuilder(13).Input(input, "n", channels, Side, Side).Output("scores")
        .Weights("w1", outputs, channels, 3, 3).Weights("b1", outputs).Node("Conv", $"{input} w1 b1", output, ("pads", Padded));

    private static FloatNetwork Read(byte[] model)
    {
        using var folder = new TemporaryFolder();
        return OnnxNetwork.Read(folder.Write("model.onnx", model), [], []);
    }

    private static int[] Infer(GoldenEngine engine, ReadOnlySpan<byte> image)
    {
        var logits = new int[engine.OutputLength];
        engine.Infer(image, 1, logits);
        return logits;
    }
}

internal static class ScoresOfImages
{
    /// <summary>Means of all channels, then a linear layer of four classes.</summary>
    public static ModelBuilder Scores(this ModelBuilder model, string input, int channels) => model.Weights("last", channels, 4)
        .Node("GlobalAveragePool", input, "means").Node("Flatten", "means", "row").Node("Gemm", "row last", "scores");
}
