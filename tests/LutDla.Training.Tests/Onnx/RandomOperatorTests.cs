using LutDla.Boundary;
using LutDla.Networks.Onnx;
using LutDla.Networks.Onnx.Evaluation;

namespace LutDla.Training.Tests.Onnx;

/// <summary>Operators with many attributes, drawn at random, against ONNX Runtime.</summary>
public sealed class RandomOperatorTests
{
    private const float Tolerance = 1e-4f;

    private const int Rounds = 150;

    [Theory]
    [InlineData("Conv")]
    [InlineData("MaxPool")]
    [InlineData("AveragePool")]
    public void A_window_gives_what_ONNX_Runtime_gives(string type) => Check(seed =>
    {
        var random = new Random(seed);
        var rank = random.Next(1, 4);
        int[] Draw(int count, int minimum, int maximum) => [.. Enumerable.Range(0, count).Select(_ => random.Next(minimum, maximum + 1))];
        var (groups, kernel) = (random.Next(1, 4), Draw(rank, 1, 3));
        long[] shape = [2, 2 * groups, .. Draw(rank, 5, 9)];
        // ONNX Runtime cannot pool with automatic padding where strides are longer than windows.
        int[] strides = [.. kernel.Select(side => random.Next(1, (type == "Conv" ? 3 : side) + 1))];
        List<(string, object)> attributes = [("strides", strides), ("kernel_shape", kernel)];
        var padding = random.Next(4);
        // Automatic padding and gaps together are not defined.
        if (padding == 0) attributes.Add(("auto_pad", random.Next(2) == 0 ? "SAME_UPPER" : "SAME_LOWER"));
        else if (type != "AveragePool") attributes.Add(("dilations", Draw(rank, 1, 2)));
        if (padding > 1) attributes.Add(("pads", Enumerable.Range(0, 2 * rank).Select(i => random.Next(kernel[i % rank])).ToArray()));
        if (type == "AveragePool") attributes.Add(("count_include_pad", random.Next(2)));
        if (type == "Conv") attributes.Add(("group", groups));
        else if (padding != 0) attributes.Add(("ceil_mode", random.Next(2)));

        var model = new ModelBuilder(13).Input("x", [.. shape.Cast<object>()]).Output("y");
        if (type == "Conv") model.Weights("w", [3L * groups, 2, .. kernel]).Weights("b", 3L * groups);
        return model.Node(type, type == "Conv" ? "x w b" : "x", "y", [.. attributes]);
    });

    [Fact]
    public void Cuts_give_what_ONNX_Runtime_gives() => Check(seed =>
    {
        var random = new Random(seed);
        long[] Draw(int minimum, int maximum) => [random.Next(minimum, maximum), random.Next(minimum, maximum)];
        var steps = Draw(1, 4).Select(step => random.Next(2) == 0 ? step : -step).ToArray();
        return new ModelBuilder(13).Input("x", 4, 5, 6).Output("y")
            .Integers("from", Draw(-8, 9)).Integers("to", Draw(-8, 9)).Integers("axes", [random.Next(2), -1]).Integers("steps", steps)
            .Node("Slice", "x from to axes steps", "y");
    });

    [Fact]
    public void Products_give_what_ONNX_Runtime_gives() => Check(seed =>
    {
        var random = new Random(seed);
        var model = new ModelBuilder(13).Input("x", 3, 1, 4, 5).Output("y");
        long[][] shapes = [[5], [5, 2], [2, 5, 2], [3, 1, 5, 2], [1, 4, 5, 3]];
        if (random.Next(2) == 0)
            return model.Weights("w", shapes[random.Next(shapes.Length)]).Node("MatMul", "x w", "y");
        var (a, b) = (random.Next(2), random.Next(2));
        long[][] biases = [[7], [1], [1, 7], [a == 0 ? 12 : 5, 1], []];
        return model.Integers("rows", 12, 5).Node("Reshape", "x rows", "r")
            .Weights("w", b == 0 ? [a == 0 ? 5 : 12, 7] : [7, a == 0 ? 5 : 12]).Weights("c", biases[random.Next(biases.Length)])
            .Node("Gemm", "r w c", "y", ("transA", a), ("transB", b), ("alpha", 0.75f), ("beta", 1.5f));
    });

    private static void Check(Func<int, ModelBuilder> draw)
    {
        using var folder = new TemporaryFolder();
        var refused = 0;
        for (var seed = 0; seed < Rounds; seed++)
        {
            var model = draw(seed).ToArray();
            ImportedGraph graph;
            try
            {
                graph = OnnxImport.Read(folder.Write("model.onnx", model), new OnnxImportOptions());
            }
            catch (InvalidInputException e)
            {
                // Only windows that do not fit, which ONNX Runtime refuses as well.
                Assert.Contains("does not fit a side", e.Message, StringComparison.Ordinal);
                refused++;
                continue;
            }

            var values = Values.Random(seed, [.. graph.Inputs[0].Shape]);
            using var evaluator = new GraphEvaluator(graph);
            var found = evaluator.Run(new Dictionary<string, ImportedConstant> { ["x"] = values })[0];
            var difference = Values.Difference(OnnxRuntimeResult.Of(model, "x", values), found);
            Assert.True(difference <= Tolerance, $"Seed {seed} differs by {difference}: {graph.Operations[^1]}");
        }

        Assert.InRange(refused, 0, Rounds / 4);
    }
}
