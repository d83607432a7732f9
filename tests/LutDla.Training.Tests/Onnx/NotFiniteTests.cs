using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Networks.Onnx;
using LutDla.Training.Conversion;
using LutDla.Training.Recipe;

namespace LutDla.Training.Tests.Onnx;

/// <summary>Numbers that are none, in constants, in attributes or by an operation: one message that names the node.</summary>
public sealed class NotFiniteTests
{
    private static readonly Dictionary<string, (string Message, Func<ModelBuilder> Model)> Models = new()
    {
        ["a weight"] = ("node_c = Conv: Its constant w is NaN at 1.", () => Scores(Conv(float.NaN))),
        ["a bias"] = ("node_scores = Gemm: Its constant b is Infinity at 0.", () => Scores(Conv(), [float.PositiveInfinity, 0, 0])),
        ["a number whose square is none"] = ("node_c = Conv: Its constant w is 1E+30 at 1.", () => Scores(Conv(1e30f))),
        ["an attribute"] = ("node_r = LeakyRelu: Its attribute alpha is NaN.", () => Scores(Conv().Node("LeakyRelu", "c", "r", ("alpha", float.NaN)), from: "r")),
        ["a bound"] = ("node_r = Clip: Its bounds are NaN and 1.", () => Scores(
            Conv().Number("low", float.NaN).Number("high", 1).Node("Clip", "c low high", "r"), from: "r")),
        ["a variance below 0"] = ("node_n = BatchNormalization: Its variance of channel 2 is -1, and must not be negative.", () => Norm(-1)),
        ["a variance that is none"] = ("node_n = BatchNormalization: Its constant v is NaN at 2.", () => Norm(float.NaN)),
        ["a division by 0"] = ("node_d = Div: Of its constants comes Infinity at 0.", () => Scores(Conv().Number("zero", 0).Node("Div", "c zero", "d"), from: "d")),
        ["a product of constants"] = ("node_m = Mul: Of its constants comes", () => Scores(Conv(1e14f).Number("large", 1e14f).Node("Mul", "c large", "m"), from: "m")),
        ["what the image becomes first"] = ("input = scaled: What its first operations make of a pixel is out of range.", () => Scores(
            new ModelBuilder(13).Input("image", 1, 1, ToyData.Side, ToyData.Side).Output("scores").Number("large", 1e14f)
                .Node("Mul", "image large", "x").Node("Mul", "x large", "y").Weights("w", 3, 1, 3, 3).Node("Conv", "y w", "c"))),
    };

    public static TheoryData<string> Names { get; } = [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_number_that_is_none_is_refused_with_the_node(string name)
    {
        using var folder = new TemporaryFolder();
        var (message, model) = Models[name];
        var path = folder.Write("model.onnx", model().ToArray());

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => OnnxNetwork.Read(path, [], [])).Problems);

        Assert.Contains(message, $"{problem}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pow", "c half", "NaN")] // one weight is negative
    [InlineData("Exp", "h", "Infinity")]
    [InlineData("Div", "half z", "Infinity")] // black pixels
    [InlineData("Sqrt", "c", "NaN")]
    public void What_an_operation_makes_of_the_examples_is_looked_at_before_the_conversion(string operation, string inputs, string result)
    {
        using var folder = new TemporaryFolder();
        var model = Scores(
            Conv().Number("half", 0.5f).Number("large", 1e6f).Node("Tanh", "c", "t").Node("Mul", "t large", "h").Node("Relu", "t", "z")
                .Node(operation, inputs, "f"),
            from: "f");
        using var network = OnnxNetwork.Read(folder.Write("model.onnx", model.ToArray()), [], []);

        var fault = Assert.Throws<InvalidInputException>(
            () => LutBoost.Convert(network, Bars(), ConversionOptions.Fast, progress: null, TestContext.Current.CancellationToken));

        var problem = Assert.Single(fault.Problems);
        Assert.Equal(("node_f", $"{result} is its largest result on the examples"), (problem.Key, problem.Value));
    }

    private static Dataset Bars() => ToyData.Bars(40, seed: 3) with { Classes = 3, Labels = new byte[40] };

    private static ModelBuilder Conv(float second = 1) => new ModelBuilder(13).Input("image", 1, 1, ToyData.Side, ToyData.Side).Output("scores")
        .Singles("w", [3, 1, 1, 1], [-1, second, 0.5f]).Node("Conv", "image w", "c");

    private static ModelBuilder Norm(float variance) => Scores(
        Conv().Weights("s", 3).Weights("m", 3).Weights("o", 3).Singles("v", [3], [1, 2, variance]).Node("BatchNormalization", "c s o m v", "n"), from: "n");

    private static ModelBuilder Scores(ModelBuilder model, float[]? bias = null, string from = "c") => model
        .Node("GlobalAveragePool", from, "g").Node("Flatten", "g", "v1").Weights("w9", 3, 3).Singles("b", [3], bias ?? [0, 0, 0])
        .Node("Gemm", "v1 w9 b", "scores");
}
