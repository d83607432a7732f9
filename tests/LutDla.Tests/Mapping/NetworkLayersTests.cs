using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Hardware;
using LutDla.Mapping;

namespace LutDla.Tests.Mapping;

public sealed class NetworkLayersTests
{
    // 32 x 32 pixels; of each 9 sub-vectors of one element, 9 indices and 4 results.
    private const int ValuesEach = 32 * 32 * (9 + 9 + 4);

    private static readonly QuantizedNetwork Network = new()
    {
        Name = "one-layer",
        Input =
            new InputQuantizer { Height = 32, Width = 32, Channels = 1, ActivationBits = 8, Codes = [.. Enumerable.Repeat((short)1, 256)] },
        Nodes = [new LutNode("conv", ["input"], SampleNetworks.Layer(1, 4, SampleNetworks.Kernel3, v: 1, c: 4, DistanceMetric.L1))],
    };

    [Fact]
    public void More_examples_than_can_be_kept_are_refused_with_how_many_can()
    {
        const long Most = NetworkLayers.MaximumValues / ValuesEach;
        NetworkLayers.Check(Network, (int)Most);

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => NetworkLayers.Check(Network, (int)Most + 1)).Problems);

        Assert.Equal(
            $"one-layer: rows of the layers = {(Most + 1) * ValuesEach} values, {ValuesEach} an example: "
            + $"At most {NetworkLayers.MaximumValues} are kept. Give at most {Most} examples.",
            problem.ToString());
    }

    [Fact]
    public void The_values_of_all_layers_count()
    {
        var again = SampleNetworks.Layer(4, 4, SampleNetworks.Kernel1, v: 1, c: 4, DistanceMetric.L1);
        var twice = Network with { Nodes = [.. Network.Nodes, new LutNode("again", ["conv"], again)] };

        Assert.Throws<InvalidInputException>(() => NetworkLayers.Check(twice, (int)(NetworkLayers.MaximumValues / ValuesEach)));
    }
}
