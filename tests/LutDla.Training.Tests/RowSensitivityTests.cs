using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Initialisation;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

/// <summary>Output pixels drawn by how much they matter.</summary>
public sealed class RowSensitivityTests
{
    private const int Draws = 100;

    private const int DrawnRows = 2000;

    [Fact]
    public void Pixels_are_drawn_as_often_as_their_gradients_have_energy()
    {
        TorchRuntime.EnsureLoaded(threads: 1);
        var data = ToyData.Bars(8, seed: 3);
        using var network = NormFolding.Fold(
            FloatNetwork.Create(Architectures.For(Architecture.LeNet5, data), PixelNormalisation.Of(data), seed: 5));
        using var values = CalibrationValues.Of(network, data, data.Count, seed: 1);
        var layer = network.Graph.Operations.OfType<MatrixOperation>().First();

        var (sensitivity, random) = (RowSensitivity.Of(network, values.Values[FloatGraph.InputName]), new Random(1));
        int[][] draws = [.. Enumerable.Range(0, Draws).Select(_ => sensitivity.Draw(layer.Name, DrawnRows, random) ?? [])];

        var energies = Energies(network, layer, values);
        var total = energies.Sum();
        Assert.All(draws, draw => Assert.Equal(DrawnRows, draw.Length));
        Assert.Equal(draws[0], draws[0].Order());
        Assert.Null(sensitivity.Draw(layer.Name, energies.Length, random));
        var rows = draws.SelectMany(draw => draw);
        var counts = rows.CountBy(row => row).ToDictionary();
        // The most important pixel, one in the middle, and those without any influence.
        var order = Enumerable.Range(0, energies.Length).OrderByDescending(row => energies[row]).ToArray();
        foreach (var row in new[] { order[0], order[order.Length / 8] })
            Assert.Equal(
                energies[row] / total, counts.GetValueOrDefault(row) / (double)(Draws * DrawnRows), 0.1 * energies[row] / total + 2e-4);
        Assert.All(order.Where(row => energies[row] == 0), row => Assert.DoesNotContain(row, counts.Keys));
    }

    // By a change of the layer's bias at one pixel at a time would be slow; by its gradient through a network that begins after it.
    private static double[] Energies(FloatNetwork network, MatrixOperation layer, CalibrationValues values)
    {
        using var result = network.Matrix(layer, values.Values[FloatGraph.InputName]).detach().requires_grad_();
        var found = new Dictionary<string, Tensor>(values.Values) { [layer.Name] = layer.Relu ? nn.functional.relu(result) : result };
        var rectified = found[layer.Name];
        foreach (var op in network.Graph.Operations.SkipWhile(op => op != layer).Skip(1))
            found[op.Name] = network.Apply(op, [.. op.Inputs.Select(name => found[name])]);
        var logits = found[network.Graph.Operations[^1].Name].flatten(1);
        var loss = (logits.logsumexp(1) - logits.amax(1)).sum();
        return [.. autograd.grad([loss], [rectified])[0].square().sum([1]).flatten().data<float>().ToArray()
            .Select(energy => (double)energy)];
    }
}
