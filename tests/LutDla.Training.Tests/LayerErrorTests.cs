using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Conversion;
using LutDla.Training.Formats;
using LutDla.Training.Recipe;

namespace LutDla.Training.Tests;

/// <summary>
/// Errors of layers are those of examples that the layers were not fitted to: a wide layer can learn any few of them by heart.
/// </summary>
public sealed class LayerErrorTests
{
    private const int Fitted = 100;

    private const int Seed = 3;

    public LayerErrorTests()
    {
        TorchRuntime.EnsureLoaded(threads: 1);
    }

    [Fact]
    public void An_error_is_what_the_golden_model_does_to_images_that_the_layer_has_not_seen()
    {
        using var network = Linear();
        var data = Noise(Fitted + 25);

        var result = Convert(network, data);

        Assert.Equal(new ErrorExamples(25, AreHeldOut: true), result.MeasuredOn);
        int[] order = [.. Enumerable.Range(0, data.Count)];
        new Random(Seed).Shuffle(order);
        var expected = Error(network, result.Network, data, order[Fitted..]);
        Assert.Equal(expected, result.Layers[0].RelativeError ?? 0, tolerance: 0.05 * expected);
        var known = Error(network, result.Network, data, order[..Fitted]);
        Assert.True(expected > 5 * known, $"An error of {known:P2} does not show that the layer knows its images by heart.");
    }

    [Fact]
    public void Without_other_images_the_error_is_that_of_the_same_ones_and_says_so()
    {
        using var network = Linear();

        var result = Convert(network, Noise(Fitted + 15));

        Assert.Equal(new ErrorExamples(Fitted, AreHeldOut: false), result.MeasuredOn);
        Assert.InRange(result.Layers[0].RelativeError ?? 1, 0, 0.1);
    }

    private static ConversionResult Convert(FloatNetwork network, Dataset data) => LutBoost.Convert(
        network, data, new ConversionOptions
        {
            Seed = Seed, Quantisation = new() { Layers = LayerRuleList.Parse(["*=v4"]) }, Refit = new() { Images = Fitted, Ridge = 1e-3 },
        },
        cancellation: TestContext.Current.CancellationToken);

    // What a code of the result means is not in the artefact: the best scale is taken.
    private static double Error(FloatNetwork network, QuantizedNetwork converted, Dataset data, int[] images)
    {
        double[] found = [.. images.SelectMany(image => GoldenNetwork.Run(converted, data.Image(image))).Select(code => (double)code)];
        using var scores = network.Forward(ImageBatch.Whole(data, images).Images(network.Normalisation));
        double[] wanted = [.. scores.contiguous().data<float>().ToArray().Select(score => (double)score)];
        var scale = found.Zip(wanted, (a, b) => a * b).Sum() / found.Sum(a => a * a);
        var classes = network.Graph.Classes;
        double[] means = [.. Enumerable.Range(0, classes).Select(k => wanted.Where((_, i) => i % classes == k).Average())];
        var error = found.Zip(wanted, (a, b) => a * scale - b).Sum(difference => difference * difference);
        return error / wanted.Select((b, i) => b - means[i % classes]).Sum(difference => difference * difference);
    }

    // 150 subspaces: more table rows than there are images.
    private static FloatNetwork Linear() => FloatNetwork.Create(
        new FloatGraph
        {
            Architecture = "linear", Height = 1, Width = 1, Channels = 600, Classes = 4,
            Operations =
            [
                new MatrixOperation(
                    "spread", [FloatGraph.InputName], 600, 4, new Window { Height = 1, Width = 1 }, Normalised: false, Relu: false),
            ],
        },
        new PixelNormalisation([.. Enumerable.Repeat(0.5f, 600)], [.. Enumerable.Repeat(0.25f, 600)]), Seed);

    private static Dataset Noise(int count)
    {
        var images = new byte[count * 600];
        new Random(Seed).NextBytes(images);
        return new Dataset
        {
            Name = "noise", Images = images, Labels = new byte[count], Height = 1, Width = 1, Channels = 600, Classes = 4,
        };
    }
}
