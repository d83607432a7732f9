using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Hardware;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Conversion;
using LutDla.Training.Formats;
using LutDla.Training.Recipe;
using LutDla.Training.Tests.Tokens;

namespace LutDla.Training.Tests;

/// <summary>What is said of layers before a conversion, against what the conversion makes.</summary>
public sealed class LayerPlanTests
{
    public LayerPlanTests() => TorchRuntime.EnsureLoaded(threads: 1);

    [Theory]
    [InlineData(Architecture.LeNet5, 1)]
    [InlineData(Architecture.ResNet8, 3)]
    [InlineData(Architecture.ResNet20, 3)]
    [InlineData(Architecture.ResNet8, 3, "stage?.*=x3,o1", "fc=exact")]
    [InlineData(Architecture.LeNet5, 1, "fc*=v3,c5,t4,x2", "conv1=o5")]
    public void A_network_of_images_becomes_what_was_planned(Architecture architecture, int channels, params string[] rules)
    {
        var data = ToyData.Bars(60, seed: 1, channels);
        using var network = FloatNetwork.Create(Architectures.For(architecture, data), PixelNormalisation.Of(data), seed: 2);
        AssertPlanned(network, data, new() { Metric = DistanceMetric.L1, Layers = LayerRuleList.Parse(rules) });
    }

    [Fact]
    public void Grouped_layers_are_planned_exact()
    {
        using var network = GroupedNetworks.Create();
        AssertPlanned(network, ToyData.Bars(60, seed: 1), new());
    }

    // What only functions read is wide; of what only a concatenation reads the concatenation decides.
    [Fact]
    public void Concatenations_and_functions_decide_the_bits_of_what_they_read()
    {
        var kernel = new Window { Height = 3, Width = 3, PaddingHeight = 1, PaddingWidth = 1 };
        var pixel = new Window { Height = 1, Width = 1 };
        MatrixOperation Layer(string name, string input, int inputs, int outputs, Window window) =>
            new(name, [input], inputs, outputs, window, Normalised: false, Relu: false);
        var graph = new FloatGraph
        {
            Architecture = "joined", Height = ToyData.Side, Width = ToyData.Side, Channels = 1, Classes = 4,
            Operations =
            [
                Layer("a", FloatGraph.InputName, 1, 4, kernel),
                Layer("b", "a", 4, 4, kernel),
                Layer("c", "a", 4, 4, pixel),
                new ProductOperation("product", ["b", "c"]),
                Layer("d", "product", 4, 4, pixel),
                Layer("e", "d", 4, 2, pixel),
                new ConcatenationOperation("both", ["d", "e"]),
                new PoolOperation("pool", ["both"], PoolKind.Average, new Window { Height = ToyData.Side, Width = ToyData.Side }),
                Layer("linear", "pool", 6, 4, pixel),
            ],
        };
        var data = ToyData.Bars(60, seed: 1);
        using var network = FloatNetwork.Create(graph, PixelNormalisation.Of(data), seed: 3);

        AssertPlanned(network, data, new());
        Assert.Equal([8, 12, 12, 8, 8, 12], new QuantisationOptions().Plan(graph).Select(layer => layer.OutputBits));
    }

    [Theory]
    [InlineData]
    [InlineData("layers.1.*=x2,o2")]
    public void A_decoder_becomes_what_was_planned(params string[] rules)
    {
        using var network = ToyDecoder.Create();
        AssertPlanned(network, ToyDecoder.Sequences(40, seed: 2), new() { VectorLength = 3, Layers = LayerRuleList.Parse(rules) });
    }

    // Its classifier reads the mean of the tokens: one row.
    [Fact]
    public void An_encoder_becomes_what_was_planned()
    {
        var data = ToyTexts.Labelled(60, seed: 1);
        using var network = FloatNetwork.Create(Architectures.For(Architecture.Encoder, data), PixelNormalisation.None, seed: 2);
        AssertPlanned(network, data, new());
    }

    private static void AssertPlanned(FloatNetwork network, IExamples data, QuantisationOptions format)
    {
        var options = new ConversionOptions
        {
            Quantisation = format, Refit = new() { Images = 40, KMeansRows = 200, Rows = 0 },
        };

        var converted = LutBoost.Convert(network, data, options, progress: null, TestContext.Current.CancellationToken).Network;

        var shapes = NetworkRules.Shapes(converted);
        Assert.Equal(
            converted.Nodes.OfType<LutNode>().Select(node => new PlannedLayer(
                node.Name, node.Layer.Sizes, node.Layer.InputChannels * node.Layer.Window.Area, node.Layer.OutputChannels,
                shapes[node.Name].Pixels, BitWidth.ForSigned(node.Layer.OutputMinimum, node.Layer.OutputMaximum))),
            format.Plan(network.Graph));
        Assert.Equal(converted.Nodes.OfType<ExactNode>().Select(node => node.Name), format.PlanExact(network.Graph));
    }
}
