using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Formats;
using LutDla.Training.Initialisation;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

/// <summary>Channels in other places: the same function, and better company.</summary>
public sealed class ChannelGroupingTests
{
    public static TheoryData<string> Networks { get; } = ["lenet5", "resnet8", "resnet20", "grouped"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_network_computes_the_same(string name)
    {
        TorchRuntime.EnsureLoaded(threads: 1);
        var data = ToyData.Bars(24, seed: 3, channels: 1);
        using var network = NormFolding.Fold(Network(name, data));
        using var values = CalibrationValues.Of(network, data, data.Count, seed: 1);

        using var arranged = ChannelGrouping.Arrange(
            network, values.Values, new QuantisationOptions { VectorLength = 3 }, TestContext.Current.CancellationToken);

        using var noGradient = no_grad();
        var (expected, found) = (
            network.Forward(values.Values[FloatGraph.InputName]), arranged.Forward(values.Values[FloatGraph.InputName]));
        Assert.True(found.allclose(expected, rtol: 1e-4, atol: 1e-4 * expected.abs().max().item<float>()));
        // All channels of the grouped network are a grouped layer's, directly or through the addition.
        Assert.Equal(name != "grouped", network.Tensors.Any(pair => !pair.Value.equal(arranged.Tensors[pair.Key]).all().item<bool>()));
    }

    [Fact]
    public void Channels_that_are_alike_come_to_share_sub_vectors()
    {
        TorchRuntime.EnsureLoaded(threads: 1);
        var data = ToyData.Bars(24, seed: 3, channels: 1);
        using var network = NormFolding.Fold(Network("resnet8", data));
        // Channels k and k + 8 of the first layer are the same.
        using (no_grad())
        {
            var weight = network.Tensors["stage1.conv1.weight"];
            weight.narrow(0, 8, 8).copy_(weight.narrow(0, 0, 8));
            network.Tensors["stage1.conv1.bias"].narrow(0, 8, 8).copy_(network.Tensors["stage1.conv1.bias"].narrow(0, 0, 8));
        }

        using var values = CalibrationValues.Of(network, data, data.Count, seed: 1);
        using var arranged = ChannelGrouping.Arrange(
            network, values.Values, new QuantisationOptions { VectorLength = 2 }, TestContext.Current.CancellationToken);

        var rows = arranged.Tensors["stage1.conv1.weight"].reshape(8, 2, -1);
        Assert.True(rows.select(1, 0).equal(rows.select(1, 1)).all().item<bool>());
    }

    private static FloatNetwork Network(string name, Dataset data)
    {
        var network = name == "grouped"
            ? GroupedNetworks.Create()
            : FloatNetwork.Create(
                Architectures.For(Enum.GetValues<Architecture>().Single(a => Architectures.Name(a) == name), data),
                PixelNormalisation.Of(data), seed: 5);
        // Else all statistics of an untrained network are those of the start.
        using var noGradient = no_grad();
        using var generator = new Generator(9);
        foreach (var (key, tensor) in network.Tensors.Where(pair => pair.Key.EndsWith("bias", StringComparison.Ordinal)))
            tensor.copy_(randn(tensor.shape, generator: generator) * 0.2);
        return network;
    }
}
