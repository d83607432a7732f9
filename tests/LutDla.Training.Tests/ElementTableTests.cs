using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Formats;
using LutDla.Training.IntegerNetwork;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

/// <summary>Functions of values as tables.</summary>
public sealed class ElementTableTests
{
    private static readonly TensorScale Input = new(0.5, -8, 7);

    private static readonly TensorScale Output = new(0.25, 0, 7);

    public ElementTableTests() => TorchRuntime.EnsureLoaded(threads: 1);

    private sealed record Root : ElementFunction
    {
        internal override int Length => 1;

        internal override Tensor Of(Tensor x) => x.sqrt();
    }

    // A root of 0.5 is 2.83 steps of a quarter, one of 3 is 6.93; below 0 there is none, and nothing goes beyond the output's codes.
    [Fact]
    public void Each_code_has_the_nearest_code_of_its_result_and_0_where_there_is_none()
    {
        var table = ElementTable.Of(new Root(), Input, Output);

        Assert.Equal(Input.Minimum, table.First);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 5, 6, 6, 7, 7], table.Codes);
    }

    [Fact]
    public void Codes_pass_exactly_and_gradients_by_the_slope_between_the_neighbours()
    {
        var table = ElementTable.Of(new Root(), Input, Output);
        using var codes = tensor(new float[] { 2, -3, 7, 0 }).requires_grad_();

        using var results = table.Apply(codes);
        results.sum().backward();

        Assert.Equal([4, 0, 7, 0], results.data<float>().ToArray());
        var gradient = codes.grad ?? throw new InvalidOperationException("There must be a gradient.");
        // Between the roots of 0.5 and 1.5, in steps of a quarter; the clamp at 7 lets less through.
        Assert.Equal(2 * (Math.Sqrt(1.5) - Math.Sqrt(0.5)), gradient[0].item<float>(), 1e-5);
        Assert.Equal(0, gradient[1].item<float>());
        Assert.Equal((7 - 4 * Math.Sqrt(3)) / 2, gradient[2].item<float>(), 1e-5);
        Assert.Equal(2 * Math.Sqrt(0.5), gradient[3].item<float>(), 1e-5);
    }
}
