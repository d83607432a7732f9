using LutDla.Boundary;
using LutDla.Golden.Fast;
using LutDla.Golden.Reference;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Onnx;
using LutDla.Training.Conversion;
using LutDla.Training.Recipe;

namespace LutDla.Training.Tests.Onnx;

/// <summary>What networks from ONNX files end with: probabilities of classes, or of one.</summary>
public sealed class NetworkEndTests
{
    private const int Side = ToyData.Side;

    private const string BatchAxis =
        "Its results sum to 1 over axis 0, the batch. At the end of a network that must be its classes, axis 1.";

    [Theory]
    [InlineData(13, "Softmax", 1, "")]
    [InlineData(13, "Softmax", -1, "Identity")]
    [InlineData(9, "Softmax", 1, "Identity")]
    [InlineData(13, "Sigmoid", null, "Identity")]
    [InlineData(13, "Softmax", 1, "Flatten")]
    public void Probabilities_at_the_end_of_a_network_are_left_out(int operatorSet, string type, int? axis, string after)
    {
        using var network = Read(Ending(operatorSet, classes: 4, type, axis, after));

        Assert.Equal(4, network.Graph.Classes);
        Assert.Equal("node_logits", Assert.IsType<MatrixOperation>(network.Graph.Operations[^1]).Name);
    }

    [Theory]
    [InlineData(13, 4, 0, "", BatchAxis)]
    [InlineData(9, 4, 0, "", BatchAxis)]
    [InlineData(13, 4, 0, "Identity", BatchAxis)]
    [InlineData(13, 1, 1, "", "Of a single score it is always 1.")]
    [InlineData(13, 4, 1, "Relu", "LUTBoost takes it at the end of a network only.")]
    public void A_Softmax_that_says_something_else_is_refused(int operatorSet, int classes, int axis, string after, string reason)
    {
        var fault = Assert.Throws<InvalidInputException>(() => Read(Ending(operatorSet, classes, "Softmax", axis, after)));

        Assert.Equal(reason, Assert.Single(fault.Problems).Rule);
    }

    [Theory]
    [InlineData("Sigmoid")]
    [InlineData("")]
    public void A_single_score_tells_two_classes_apart_at_a_probability_of_one_half(string end)
    {
        var model = Ending(13, classes: 1, end, axis: null, after: "");
        using var network = Read(model);
        var data = Bars();

        var classes = network.Classify(data, TestContext.Current.CancellationToken);

        Assert.Equal(2, network.Graph.Classes);
        Assert.Equal(data.All().Select(image => (long)Expected(model, image.Span, threshold: end.Length > 0 ? 0.5f : 0)), classes);
        Assert.Equal(2, classes.Distinct().Count());
    }

    // An untrained network says the same of nearly all images. To learn otherwise from the labels, training must see both classes in the
    // one score.
    [Fact]
    public void A_single_score_is_converted_trained_and_measured_by_what_it_decides()
    {
        using var network = Read(Ending(13, classes: 1, "Sigmoid", axis: null, after: ""));
        var cancellation = TestContext.Current.CancellationToken;
        var data = Bars();
        var before = network.Accuracy(data, cancellation);
        var options = new ConversionOptions
        {
            Refit = new() { Images = 64, KMeansRows = 512, Rows = 1024 },
            FineTuning = new()
            {
                TableVisits = 8000, BatchImages = 16, LabelShare = 1, LearningRate = 2e-2, Augmentation = Augmentation.None,
            },
        };

        var converted = LutBoost.Convert(network, data, options, cancellation: cancellation).Network;

        var engine = new GoldenEngine(converted, 1);
        var classes = new int[data.Count];
        engine.Classify(data.Images, data.Count, classes);
        Assert.Equal(1, engine.OutputLength);
        Assert.Equal(data.All().Select(image => GoldenNetwork.Run(converted, image.Span)[0] > 0 ? 1 : 0), classes);
        var after = (double)engine.CountCorrect(data.Images, data.Labels) / data.Count;
        Assert.True(before < 0.8 && after > 0.9, $"{before:P1} of the images are right before, {after:P1} after.");
    }

    [Fact]
    public void Labels_of_a_network_with_a_single_score_are_0_and_1()
    {
        using var network = Read(Ending(13, classes: 1, "Sigmoid", axis: null, after: ""));

        var fault = Assert.Throws<InvalidInputException>(
            () => (Bars() with { Classes = 3, LacksClasses = true }).LabelledFor(network, TestContext.Current.CancellationToken));

        Assert.Equal("The network tells 2 classes apart.", Assert.Single(fault.Problems).Rule);
    }

    [Fact]
    public void A_network_without_layers_has_nothing_to_convert()
    {
        var model = new ModelBuilder(13).Input("image", "n", 3, Side, Side).Output("scores")
            .Node("GlobalAveragePool", "image", "scores").ToArray();

        var fault = Assert.Throws<InvalidInputException>(() => Read(model));

        Assert.Equal(
            "It has no convolution and no linear layer: there is nothing to convert.", Assert.Single(fault.Problems).Rule);
    }

    // Bars that lie, and bars that stand.
    private static Dataset Bars()
    {
        var data = ToyData.Bars(160, seed: 1, channels: 3);
        return data with { Labels = Array.ConvertAll(data.Labels, label => (byte)(label / 2)), Classes = 2 };
    }

    private static int Expected(byte[] model, ReadOnlySpan<byte> image, float threshold)
    {
        var values = new float[image.Length];
        for (var i = 0; i < values.Length; i++) values[i % 3 * Side * Side + i / 3] = image[i] / 255f;
        return OnnxRuntimeResult.Of(model, "image", ImportedConstant.OfSingles([1, 3, Side, Side], values)).Singles[0] > threshold ? 1 : 0;
    }

    // The last bias is such that an untrained network with a single score says both.
    private static byte[] Ending(int operatorSet, int classes, string type, int? axis, string after)
    {
        var model = new ModelBuilder(operatorSet).Input("image", "n", 3, Side, Side).Output("scores")
            .Weights("w1", 6, 3, 5, 5).Weights("b1", 6)
            .Weights("w2", 6 * 16, classes).Singles("b2", [classes], [.. Enumerable.Repeat(0.85f, classes)])
            .Node("Conv", "image w1 b1", "a").Node("Relu", "a", "b")
            .Node("MaxPool", "b", "c", ("kernel_shape", new[] { 3, 3 }), ("strides", new[] { 3, 3 }))
            .Node("Flatten", "c", "d").Node("Gemm", "d w2 b2", type.Length + after.Length == 0 ? "scores" : "logits");
        (string, object)[] attributes = axis is { } place ? [("axis", place)] : [];
        if (type.Length > 0) model.Node(type, "logits", after.Length == 0 ? "scores" : "probabilities", attributes);
        if (after.Length > 0) model.Node(after, "probabilities", "scores");
        return model.ToArray();
    }

    private static FloatNetwork Read(byte[] model)
    {
        using var folder = new TemporaryFolder();
        return OnnxNetwork.Read(folder.Write("model.onnx", model), [], []);
    }
}
