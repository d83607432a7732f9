using LutDla.Boundary;
using LutDla.Networks.Execution;
using LutDla.Networks.Onnx;

namespace LutDla.Training.Tests.Onnx;

/// <summary>Pools whose padding the integer network cannot express.</summary>
public sealed class PoolPaddingTests
{
    [Theory]
    [InlineData("MaxPool", 0, 0, 1, 1)]
    [InlineData("MaxPool", 1, 1, 0, 0)]
    [InlineData("MaxPool", 1, 0, 0, 1)]
    [InlineData("AveragePool", 0, 0, 1, 1)]
    [InlineData("AveragePool", 1, 0, 0, 1)]
    public void More_padding_on_one_side_is_refused(string type, params int[] pads) =>
        Assert.Contains(
            Assert.Throws<InvalidInputException>(() => Read(type, pads)).Problems,
            problem => problem.Rule == "Its window must have two dimensions, no gaps, and as much padding before as behind.");

    [Theory]
    [InlineData("MaxPool")]
    [InlineData("AveragePool")]
    public void The_same_on_both_sides_is_taken(string type)
    {
        using var network = Read(type, [1, 1, 1, 1]);

        Assert.Equal(4, network.Graph.Classes);
    }

    private static FloatNetwork Read(string type, int[] pads)
    {
        using var folder = new TemporaryFolder();
        var pooled = (8 + pads[0] + pads[2] - 1) * (8 + pads[1] + pads[3] - 1);
        (string, object)[] window = [("kernel_shape", new[] { 2, 2 }), ("pads", pads)];
        var model = new ModelBuilder(13).Input("image", "n", 1, 8, 8).Output("scores").Weights("w", 4, 1, 3, 3).Weights("m", 4 * pooled, 4)
            .Node("Conv", "image w", "c", ("pads", new[] { 1, 1, 1, 1 }))
            .Node(type, "c", "p", type == "AveragePool" ? [.. window, ("count_include_pad", 1)] : window)
            .Node("Flatten", "p", "f").Node("MatMul", "f m", "scores");
        return OnnxNetwork.Read(folder.Write("model.onnx", model.ToArray()), [], []);
    }
}
