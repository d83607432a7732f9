using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Tests.Golden;

/// <summary>
/// The ResNet-8 shape for 28 x 28 grey images with random contents; v = 1 in the first convolution, else 4; c = 16; 8 bits.
/// </summary>
internal static class ResNetShape
{
    public static QuantizedNetwork Create(DistanceMetric metric, int seed) => new()
    {
        Name = "resnet8-shape",
        Input = SampleNetworks.Input(28, 28, 1),
        Nodes =
        [
            new LutNode("conv", ["input"], Convolution(1, 16, 3, 1, 1, metric, seed)),
            .. Block("a", "conv", 16, 16, 1, metric, seed + 1),
            .. Block("b", "a_sum", 16, 32, 2, metric, seed + 5),
            .. Block("c", "b_sum", 32, 64, 2, metric, seed + 9),
            new PoolNode("pool", ["c_sum"], PoolKind.Average, new Window { Height = 7, Width = 7 }, new TensorRescale(1337, 16, -128, 127)),
            new LutNode(
                "linear", ["pool"], Convolution(64, 10, 1, 1, 4, metric, seed + 13) with { OutputMinimum = -32768, OutputMaximum = 32767 }),
        ],
    };

    private static IEnumerable<Node> Block(string name, string input, int inputs, int outputs, int stride, DistanceMetric metric, int seed)
    {
        var skip = input;
        yield return new LutNode($"{name}_1", [input], Convolution(inputs, outputs, 3, stride, 4, metric, seed));
        yield return new LutNode($"{name}_2", [$"{name}_1"], Convolution(outputs, outputs, 3, 1, 4, metric, seed + 1));
        if (inputs != outputs)
        {
            skip = $"{name}_skip";
            yield return new LutNode(skip, [input], Convolution(inputs, outputs, 1, stride, 4, metric, seed + 2));
        }

        yield return new AddNode($"{name}_sum", [$"{name}_2", skip], 40000, 30000, 16, 0, 127);
    }

    private static LutLayer Convolution(int inputs, int outputs, int kernel, int stride, int v, DistanceMetric metric, int seed)
    {
        var window = new Window
        {
            Height = kernel,
            Width = kernel,
            StrideHeight = stride,
            StrideWidth = stride,
            PaddingHeight = kernel / 2,
            PaddingWidth = kernel / 2,
        };
        return SampleNetworks.Layer(inputs, outputs, window, v, 16, metric, seed: seed);
    }
}
