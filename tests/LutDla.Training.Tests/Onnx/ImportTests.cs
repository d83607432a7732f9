using LutDla.Boundary;
using LutDla.Networks.Onnx;
using LutDla.Networks.Onnx.Evaluation;
using LutDla.Networks.Runtime;
using static TorchSharp.torch;

namespace LutDla.Training.Tests.Onnx;

/// <summary>What an import makes of a file.</summary>
public sealed class ImportTests
{
    public ImportTests()
    {
        TorchRuntime.EnsureLoaded();
    }

    [Fact]
    public void Shapes_that_are_computed_from_the_open_batch_become_numbers()
    {
        var graph = Import(SampleModels.Of("attention"), new OnnxImportOptions { Batch = 5 });

        Assert.Equal([5, 6, 16], graph.Inputs[0].Shape);
        Assert.Equal([5, 6, 2, 8], graph.Operations.First(op => op is ReshapeOperation).Output.Shape);
        Assert.DoesNotContain(graph.Operations, op => op is GatherOperation or ConcatOperation);
    }

    [Fact]
    public void Spelled_out_normalisation_and_Gelu_are_recognised()
    {
        var graph = Import(SampleModels.Of("attention"));

        var norm = Assert.Single(graph.Operations.OfType<LayerNormOperation>());
        Assert.Equal(("x", "g", "h"), (norm.Inputs[0].Name, norm.Inputs[1].Name, norm.Inputs[2].Name));
        Assert.Equal((2, 1e-5f), (norm.Axis, norm.Epsilon));
        var gelu = Assert.Single(graph.Operations.OfType<UnaryOperation>());
        Assert.Equal((UnaryKind.Gelu, "f"), (gelu.Kind, gelu.Inputs[0].Name));
    }

    [Theory]
    [InlineData(1.4142135f, 0.4f, 1f)]
    [InlineData(1.5f, 0.5f, 1f)]
    [InlineData(1.4142135f, 0.5f, 2f)]
    public void What_only_looks_like_Gelu_stays_as_it_is(float root, float half, float one)
    {
        var graph = Import(new ModelBuilder(13).Input("x", 3).Output("y").Number("r", root).Number("h", half).Number("o", one)
            .Node("Div", "x r", "a").Node("Erf", "a", "b").Node("Add", "b o", "c").Node("Mul", "x c", "d").Node("Mul", "d h", "y")
                .ToArray());

        Assert.DoesNotContain(graph.Operations, op => op is UnaryOperation { Kind: UnaryKind.Gelu });
    }

    [Fact]
    public void A_spelling_whose_constants_add_dimensions_stays_as_it_is()
    {
        var gelu = new ModelBuilder(13).Input("x", 2, 4).Output("y").Number("r", 1.4142135f).Singles("h", [1, 1, 1], [0.5f]).Number("o", 1)
            .Node("Div", "x r", "a").Node("Erf", "a", "b").Node("Add", "b o", "c").Node("Mul", "x c", "d").Node("Mul", "d h", "y");
        var norm = new ModelBuilder(13).Input("x", 2, 4).Output("y").Singles("e", [1, 1, 1], [1e-5f])
            .Node("ReduceMean", "x", "m", ("axes", new[] { 1 })).Node("Sub", "x m", "d").Node("Mul", "d d", "s")
            .Node("ReduceMean", "s", "v", ("axes", new[] { 1 })).Node("Add", "v e", "ve").Node("Sqrt", "ve", "r").Node("Div", "d r", "y");

        foreach (var graph in new[] { Import(gelu.ToArray()), Import(norm.ToArray()) })
        {
            Assert.Equal([1, 2, 4], graph.Operations[^1].Output.Shape);
            Assert.IsType<BinaryOperation>(graph.Operations[^1]);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public void Normalisation_is_recognised_only_over_the_last_dimensions(int axis, int varianceAxis)
    {
        var model = new ModelBuilder(13).Input("x", 4, 4).Output("y").Number("e", 1e-5f)
            .Node("ReduceMean", "x", "m", ("axes", new[] { axis })).Node("Sub", "x m", "d").Node("Mul", "d d", "s")
            .Node("ReduceMean", "s", "v", ("axes", new[] { varianceAxis })).Node("Add", "v e", "ve").Node("Sqrt", "ve", "r")
                .Node("Div", "d r", "y");

        Assert.Equal((axis, varianceAxis) == (1, 1), Import(model.ToArray()).Operations[^1] is LayerNormOperation);
    }

    [Theory]
    [InlineData("Gelu")]
    [InlineData("GeluTanh")]
    public void Either_Gelu_is_recognised_in_another_order(string kind)
    {
        var model = new ModelBuilder(13).Input("x", 3, 4).Output("y").Number("half", 0.5f).Number("one", 1)
            .Number("scale", kind == "Gelu" ? 0.70710677f : 0.7978846f).Number("cubic", 0.044715f).Node("Mul", "half x", "h");
        if (kind == "Gelu")
            model.Node("Mul", "scale x", "t").Node("Erf", "t", "f");
        else
            model.Node("Mul", "x x", "x2").Node("Mul", "x2 x", "x3").Node("Mul", "cubic x3", "k").Node("Add", "x k", "s")
                .Node("Mul", "scale s", "t").Node("Tanh", "t", "f");

        var graph = Import(model.Node("Add", "one f", "g").Node("Mul", "h g", "y").ToArray());

        Assert.Equal(kind, Assert.IsType<UnaryOperation>(Assert.Single(graph.Operations)).Kind.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Batch_normalisation_stays_or_moves_into_the_weights(bool folds)
    {
        var graph = Import(SampleModels.Of("convolutions"), new OnnxImportOptions { FoldsNormalisation = folds });

        Assert.Equal(folds ? 0 : 2, graph.Operations.Count(op => op is BatchNormOperation));
        Assert.Equal(folds ? 3 : 2, graph.Operations.OfType<ConvolutionOperation>().First().Inputs.Length);
        Assert.Equal(!folds, graph.Constants.ContainsKey("variance"));
    }

    [Fact]
    public void Automatic_padding_becomes_explicit()
    {
        var graph = Import(SampleModels.Of("convolutions"));

        // 15 x 13 with strides of 2 and windows of 3: 8 x 7 places reach over 17 x 15.
        var window = graph.Operations.OfType<ConvolutionOperation>().First().Window;
        Assert.Equal([1, 1], window.PadsBegin);
        Assert.Equal([1, 1], window.PadsEnd);
        var pool = graph.Operations.OfType<AveragePoolOperation>().Single().Window;
        Assert.Equal([1, 1], pool.PadsBegin);
        Assert.Equal([0, 1], pool.PadsEnd);
    }

    [Fact]
    public void Products_are_told_apart_by_what_lookups_could_replace()
    {
        OperationReport[] Products(string name) => [.. Report(name).Where(report => report.Replacement != Replacement.NoProduct)];

        Assert.Equal(
            ["", "its padding is not even", "its window has gaps", ""], Products("convolutions").Select(report => report.Reason));
        Assert.Equal(
            ["", "", "", "a product of two activations", "a product of two activations", "", ""],
            Products("attention").Select(report => report.Reason));
    }

    [Theory]
    [InlineData("its padding is not even", "Conv", "image square", "pads", 1, 1, 0, 0)]
    [InlineData("its padding is as wide as its window, or wider", "Conv", "image square", "pads", 3, 1, 3, 1)]
    [InlineData("its window has gaps", "Conv", "image square", "dilations", 2, 2)]
    [InlineData("its spatial dimensions are not two", "Conv", "line window", "pads", 1, 1)]
    [InlineData("its data are transposed", "Gemm", "rows matrix", "transA", 1)]
    [InlineData("its weights are the first factor", "Gemm", "matrix rows", "transB", 0)]
    [InlineData("its bias is no constant", "Gemm", "rows matrix rows", "transB", 0)]
    [InlineData("", "Gemm", "rows matrix", "transB", 1)]
    [InlineData("", "Conv", "image square", "pads", 1, 1, 1, 1)]
    public void A_product_that_stays_exact_says_why(string reason, string type, string inputs, string attribute, params int[] values)
    {
        var model = new ModelBuilder(13).Input("image", 1, 2, 6, 6).Input("line", 1, 2, 6).Input("rows", 4, 4).Output("y")
            .Weights("square", 2, 2, 3, 3).Weights("window", 2, 2, 3).Weights("matrix", 4, 4)
            .Node(type, inputs, "y", (attribute, values is [var single] ? single : values));
        var graph = Import(model.ToArray());

        Assert.Equal(reason, OperationReport.Of(graph, graph.Operations[0]).Reason);
    }

    // 8 x 7 places of 8 channels, each over 4 channels of 3 x 3.
    [Fact]
    public void Multiply_accumulates_are_those_of_the_definition() =>
        Assert.Equal(8 * 7 * 8 * 4 * 9, Report("convolutions")[0].MultiplyAccumulates);

    [Fact]
    public void All_unsupported_nodes_are_told_at_once_with_what_could_still_be_converted()
    {
        var model = new ModelBuilder(13).Input("x", 1, 2, 4, 4).Output("y").Weights("w1", 2, 2, 3, 3).Weights("w2", 2, 1, 1, 1)
            .Weights("w3", 2, 2, 1, 1)
            .Node("Conv", "x w1", "a").Node("Mish", "a", "b").Node("Conv", "b w2", "c", ("group", 2)).Node("Conv", "c w3", "d")
            .Node("Softmax", "a", "e", ("colour", 1)).Node("Add", "d e", "y");

        var error = Assert.Throws<InvalidInputException>(() => Import(model.ToArray()));

        Assert.Equal(
            [("node_b", "Mish", "The operator is not supported."), ("node_e", "Softmax", "Its attribute colour is not supported.")],
            error.Problems.Select(problem => (problem.Key, problem.Value, problem.Rule)));
        Assert.Equal("Layers that could still be converted: node_a (Conv), node_d (Conv).", error.Remark);
    }

    [Fact]
    public void What_no_chosen_output_needs_is_not_imported()
    {
        var model = new ModelBuilder(13).Input("x", 2).Output("y").Output("z").Node("Relu", "x", "y").Node("Mish", "x", "z");

        var graph = Import(model.ToArray(), new OnnxImportOptions { Outputs = ["y"] });

        Assert.Equal("node_y", Assert.Single(graph.Operations).Name);
    }

    [Fact]
    public void A_node_without_name_is_called_by_its_first_named_output()
    {
        var error = Assert.Throws<InvalidInputException>(
            () => Import(new ModelBuilder(13).Input("x", 2).Output("y").Node("LSTM", "x", "- y").ToArray()));

        Assert.Equal(
            ("y", "LSTM", "The operator is not supported."), (error.Problems[0].Key, error.Problems[0].Value, error.Problems[0].Rule));
    }

    [Theory]
    [InlineData("i")]
    [InlineData("used")]
    public void A_second_output_that_is_used_is_refused(string output)
    {
        var model = new ModelBuilder(13).Input("x", 1, 1, 4, 4).Output("y").Output(output)
            .Node("MaxPool", "x", "y i", ("kernel_shape", new[] { 2, 2 })).Node("Identity", "i", "used");

        var error = Assert.Throws<InvalidInputException>(() => Import(model.ToArray()));

        Assert.Equal(
            ("y", "MaxPool", "Its output i is used, and only the first output is supported."),
            (error.Problems[0].Key, error.Problems[0].Value, error.Problems[0].Rule));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Dropout_is_refused_in_training_mode(byte training)
    {
        var model = new ModelBuilder(13).Input("x", 4).Output("y").Number("ratio", 0.5f)
            .Raw(5, ModelBuilder.Tensor("mode", 9, [], [training]))
            .Node("Dropout", "x ratio mode", "d").Node("Relu", "d", "y");

        if (training == 0)
            Assert.Equal("x", Assert.Single(Import(model.ToArray()).Operations).Inputs[0].Name);
        else
            Assert.Contains(
                "It is in training mode.", Assert.Throws<InvalidInputException>(() => Import(model.ToArray())).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_side_that_is_not_the_batch_is_refused()
    {
        var model = new ModelBuilder(13).Input("x", "N", "length").Output("y").Node("Relu", "x", "y");

        var error = Assert.Throws<InvalidInputException>(() => Import(model.ToArray()));

        Assert.Contains("Its dimension 1, length, has no size.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_normalisation_stays_where_something_else_sees_the_convolution()
    {
        var model = new ModelBuilder(13).Input("x", 1, 2, 3, 3).Output("y").Weights("w", 2, 2, 1, 1).Positive("v", 2).Weights("b", 2)
            .Node("Conv", "x w", "c").Node("BatchNormalization", "c v b b v", "n").Node("Add", "n c", "y");

        Assert.Contains(
            Import(model.ToArray(), new OnnxImportOptions { FoldsNormalisation = true }).Operations, op => op is BatchNormOperation);
    }

    [Theory]
    [InlineData("convolutions")]
    [InlineData("attention")]
    [InlineData("old")]
    [InlineData("new")]
    public void Every_operation_gives_the_shape_that_was_inferred(string name)
    {
        using var scope = NewDisposeScope();
        var graph = Import(SampleModels.Of(name), new OnnxImportOptions { Batch = 2 });
        var values = graph.Constants.ToDictionary(pair => pair.Key, pair => pair.Value.ToTensor());
        foreach (var input in graph.Inputs) values.Add(input.Name, zeros([.. input.Shape]));

        foreach (var operation in graph.Operations)
        {
            var result = OperationEvaluator.Apply(operation, [.. operation.Inputs.Select(input => values[input.Name])]);
            Assert.Equal(operation.Output.Shape, result.shape);
            values.Add(operation.Output.Name, result);
        }
    }

    private static OperationReport[] Report(string name)
    {
        var graph = Import(SampleModels.Of(name));
        return [.. graph.Operations.Select(operation => OperationReport.Of(graph, operation))];
    }

    private static ImportedGraph Import(byte[] model, OnnxImportOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        return OnnxImport.Read(folder.Write("model.onnx", model), options ?? new OnnxImportOptions());
    }
}
