using LutDla.Boundary;
using LutDla.Networks.Onnx;

namespace LutDla.Training.Tests.Onnx;

/// <summary>Inputs of other types and batches than a conversion needs: taken, or refused with an advice that fits.</summary>
public sealed class InputTypeTests
{
    [Theory]
    [InlineData(2, "It takes bytes; it must take floating-point numbers, or integers of 32 or 64 bits.", "behind its cast")]
    [InlineData(9, "It takes elements of type Bool; they must be floating-point numbers, or integers of 32 or 64 bits.", "with inputs of")]
    [InlineData(8, "It is no tensor, or one of texts, complex numbers or numbers of less than a byte.", "single precision")]
    public void An_input_of_another_type_is_refused_with_what_to_do(int type, string rule, string mend)
    {
        var fault = Assert.Throws<InvalidInputException>(() => Import(Model(type, 4, 3), new OnnxImportOptions()));
        var problem = Assert.Single(fault.Problems);

        Assert.Equal(("x", rule), (problem.Key, problem.Rule));
        Assert.Contains(mend, problem.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(16)]
    public void Other_floating_point_numbers_are_taken_in_single_precision(int type) =>
        Assert.False(Import(Model(type, 4, 3), new OnnxImportOptions()).Inputs[0].IsInteger);

    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    public void A_cast_that_rounds_to_half_precision_is_refused(int type)
    {
        var model = new ModelBuilder(13).Input("x", 4, 3).Output("y").Node("Cast", "x", "h", ("to", type)).Node("Relu", "h", "y").ToArray();

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => Import(model, new OnnxImportOptions())).Problems);

        Assert.Equal(("A cast to half precision is not supported.", "Export the model in single precision."), (problem.Rule, problem.Mend));
    }

    [Theory]
    [InlineData(false, 8)]
    [InlineData(true, 1)]
    public void A_batch_that_the_file_fixes_becomes_another_where_that_is_asked_for(bool rebinds, long batch)
    {
        var graph = Import(Model(1, 8, 3), new OnnxImportOptions { RebindsBatch = rebinds });

        Assert.Equal([batch, 3], graph.Inputs[0].Shape);
        Assert.Equal([batch, 3], graph.Operations[^1].Output.Shape);
    }

    [Fact]
    public void A_network_for_a_fixed_batch_is_converted_for_one_image()
    {
        var model = new ModelBuilder(13).Input("x", 8, 3, 6, 6).Output("scores").Weights("w", 4, 3, 6, 6)
            .Node("Conv", "x w", "a").Node("Flatten", "a", "scores").ToArray();
        using var folder = new TemporaryFolder();

        using var network = OnnxNetwork.Read(folder.Write("model.onnx", model), [], []);

        Assert.Equal((6, 6, 3, 4), (network.Graph.Height, network.Graph.Width, network.Graph.Channels, network.Graph.Classes));
    }

    // A side of three dimensions need not be a batch.
    [Fact]
    public void A_first_side_that_need_not_be_a_batch_stays() =>
        Assert.Equal([3, 6, 6], Import(Model(1, 3, 6, 6), new OnnxImportOptions { RebindsBatch = true }).Inputs[0].Shape);

    private static byte[] Model(int type, params object[] sides) =>
        new ModelBuilder(13).TypedInput("x", type, sides).Output("y").Node("Relu", "x", "y").ToArray();

    private static ImportedGraph Import(byte[] model, OnnxImportOptions options)
    {
        using var folder = new TemporaryFolder();
        return OnnxImport.Read(folder.Write("model.onnx", model), options);
    }
}
