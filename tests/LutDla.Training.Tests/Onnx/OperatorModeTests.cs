using LutDla.Boundary;
using LutDla.Networks.Onnx;

namespace LutDla.Training.Tests.Onnx;

/// <summary>What a node says about how it is meant is obeyed or refused, never passed over.</summary>
public sealed class OperatorModeTests
{
    // The standard: before operator set 14, outputs for statistics are what tells training from inference.
    [Theory]
    [InlineData(7, "y m v sm sv", true)]
    [InlineData(9, "y m v sm sv", true)]
    [InlineData(13, "y m v", true)]
    [InlineData(9, "y - - - sv", true)]
    [InlineData(9, "y - - - -", false)]
    [InlineData(9, "y", false)]
    [InlineData(14, "y m v", false)]
    public void Batch_normalisation_with_outputs_for_statistics_is_in_training_mode(int operatorSet, string outputs, bool isTraining)
    {
        var model = new ModelBuilder(operatorSet).Input("x", 2, 3, 4, 4).Output("y")
            .Positive("scale", 3).Weights("shift", 3).Weights("mean", 3).Positive("variance", 3)
            .Node("BatchNormalization", "x scale shift mean variance", outputs).ToArray();

        if (isTraining)
            Assert.StartsWith("It is in training mode: it has outputs for the batch's statistics", Reason(model), StringComparison.Ordinal);
        else
            Assert.IsType<BatchNormOperation>(Assert.Single(Import(model).Operations));
    }

    [Theory]
    [InlineData(7, "Clip", "x low high", "In operator set 7 it has no input 1, which is given.")]
    [InlineData(10, "Dropout", "x ratio mode", "In operator set 10 it has no input 1, which is given.")]
    [InlineData(13, "Relu", "x low", "In operator set 13 it has no input 1, which is given.")]
    [InlineData(13, "Dropout", "x ratio low", "Its training mode must be true or false.")]
    public void An_input_that_would_be_passed_over_is_a_fault(int operatorSet, string type, string inputs, string reason)
    {
        var model = new ModelBuilder(operatorSet).Input("x", 2, 3).Output("y").Number("low", -1).Number("high", 1).Number("ratio", 0.5f)
            .Raw(5, ModelBuilder.Tensor("mode", 9, [], [1])).Node(type, inputs, "y").ToArray();

        Assert.Equal(reason, Reason(model));
    }

    [Fact]
    public void An_attribute_that_is_there_twice_is_a_fault()
    {
        var model = new ModelBuilder(13).Input("x", 2, 3).Output("y").Node("Softmax", "x", "y", ("axis", 1), ("axis", 0)).ToArray();

        Assert.Equal("Its attribute axis is given 2 times.", Reason(model));
    }

    // Writers of protocol buffers without presence leave zeros out: the attribute is there, its number is not.
    [Fact]
    public void A_zero_that_is_left_out_is_a_zero_and_not_the_default()
    {
        var model = new ModelBuilder(13).Input("x", 2, 3).Output("y").Node("Softmax", "x", "s", ("axis", new ModelBuilder.OmittedZero(2)))
            .Node("ReduceMean", "s", "m", ("axes", new[] { 1 }), ("keepdims", new ModelBuilder.OmittedZero(2)))
            .Node("LeakyRelu", "m", "y", ("alpha", new ModelBuilder.OmittedZero(1))).ToArray();

        var graph = Import(model);

        Assert.Equal(0, graph.Operations.OfType<SoftmaxOperation>().Single().Axis);
        Assert.Equal([2], graph.Operations.OfType<ReduceMeanOperation>().Single().Output.Shape);
        Assert.Equal(0, graph.Operations.OfType<LeakyReluOperation>().Single().Slope);
    }

    // 7 x 7 with windows of 3 and strides of 2: automatic padding is 1 on every side.
    [Theory]
    [InlineData("SAME_UPPER", true, 1, 1, 1, 1)]
    [InlineData("SAME_UPPER", true, 0, 0, 0, 0)]
    [InlineData("SAME_UPPER", false, 2, 2, 2, 2)]
    [InlineData("VALID", true, 0, 0, 0, 0)]
    [InlineData("VALID", false, 1, 1, 1, 1)]
    public void Padding_that_contradicts_automatic_padding_is_a_fault(string automatic, bool agrees, params int[] pads)
    {
        var model = new ModelBuilder(13).Input("x", 1, 2, 7, 7).Output("y").Weights("w", 4, 2, 3, 3)
            .Node("Conv", "x w", "y", ("strides", new[] { 2, 2 }), ("auto_pad", automatic), ("pads", pads)).ToArray();

        if (agrees)
            Assert.Equal(automatic == "VALID" ? 3 : 4, Import(model).Operations[0].Output.Shape[2]);
        else
            Assert.Equal($"Its auto_pad and its pads, {string.Join(", ", pads)}, contradict each other.", Reason(model));
    }

    [Fact]
    public void A_concatenation_names_its_axis() => Assert.Equal(
        "Its axis is missing.", Reason(new ModelBuilder(13).Input("x", 2, 3).Output("y").Node("Concat", "x x", "y").ToArray()));

    private static string Reason(byte[] model) => Assert.Single(Assert.Throws<InvalidInputException>(() => Import(model)).Problems).Rule;

    private static ImportedGraph Import(byte[] model)
    {
        using var folder = new TemporaryFolder();
        return OnnxImport.Read(folder.Write("model.onnx", model), new OnnxImportOptions());
    }
}
