using LutDla.Golden.Model;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

/// <summary>
/// An untrained network with a depthwise convolution, a grouped one with strides, a residual addition and a linear layer.
/// </summary>
internal static class GroupedNetworks
{
    public static FloatNetwork Create(int channels = 1)
    {
        var kernel = new Window { Height = 3, Width = 3, PaddingHeight = 1, PaddingWidth = 1 };
        var pixel = new Window { Height = 1, Width = 1 };
        var graph = new FloatGraph
        {
            Architecture = "grouped", Height = ToyData.Side, Width = ToyData.Side, Channels = channels, Classes = 4,
            Operations =
            [
                new MatrixOperation("first", [FloatGraph.InputName], channels, 12, kernel, Normalised: true, Relu: true),
                new MatrixOperation("depthwise", ["first"], 12, 12, kernel, Normalised: true, Relu: true) { Groups = 12 },
                new MatrixOperation("pointwise", ["depthwise"], 12, 12, pixel, Normalised: true, Relu: false),
                new AddOperation("sum", ["first", "pointwise"], Relu: true),
                new MatrixOperation(
                    "grouped", ["sum"], 12, 6, kernel with { StrideHeight = 2, StrideWidth = 3 }, Normalised: false,
                    Relu: true) { Groups = 3 },
                new PoolOperation("pool", ["grouped"], PoolKind.Average, new Window { Height = 8, Width = 6 }),
                new MatrixOperation("linear", ["pool"], 6, 4, pixel, Normalised: false, Relu: false),
            ],
        };
        var network = FloatNetwork.Create(graph, PixelNormalisation.Of(ToyData.Bars(60, seed: 1, channels)), seed: 3);
        using var generator = new Generator(6);
        // Untrained biases are 0, which would hide what becomes of them.
        foreach (var (name, values) in network.Tensors.Where(pair => pair.Key.EndsWith("bias", StringComparison.Ordinal)))
            values.copy_(randn(values.shape, generator: generator) * 0.3);
        return network;
    }
}
