using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using static TorchSharp.torch;

namespace LutDla.Training.Initialisation;

/// <summary>
/// How much each output pixel of each layer matters to the network's result: the energy of the loss's gradient there, with the network's
/// own class as the label (empirical Fisher information, its diagonal). Rows that matter are drawn more often into k-means and least
/// squares, which so count them by it.
/// </summary>
/// <remarks>After S. Kim et al., SqueezeLLM, ICML 2024, who weigh weights so.</remarks>
internal sealed class RowSensitivity
{
    private const int BatchImages = 100;

    private readonly Dictionary<string, double[]> _energies;

    private RowSensitivity(Dictionary<string, double[]> energies) => _energies = energies;

    /// <param name="images">[count, channels, height, width], normalised.</param>
    public static RowSensitivity Of(FloatNetwork network, Tensor images)
    {
        using var scope = NewDisposeScope();
        using var gradients = enable_grad();
        string[] layers = [.. network.Graph.Operations.OfType<MatrixOperation>().Select(op => op.Name)];
        var energies = layers.ToDictionary(name => name, _ => new List<double>());
        for (var start = 0L; start < images.shape[0]; start += BatchImages)
        {
            using var batchScope = NewDisposeScope();
            var batch = images.narrow(0, start, Math.Min(BatchImages, images.shape[0] - start)).detach().clone().requires_grad_();
            var values = network.Results(batch);
            var logits = Scores.OfClasses(values[network.Graph.Operations[^1].Name].flatten(1));
            var loss = nn.functional.cross_entropy(logits, logits.argmax(1), reduction: nn.Reduction.Sum);
            var found = autograd.grad([loss], [.. layers.Select(name => values[name])]);
            foreach (var (name, gradient) in layers.Zip(found))
                energies[name].AddRange(
                    Array.ConvertAll(gradient.square().sum([1]).flatten().contiguous().data<float>().ToArray(), energy => (double)energy));
        }

        return new RowSensitivity(energies.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));
    }

    /// <summary>
    /// Output pixels of a layer, drawn with replacement by how much they matter, in order; null where nothing can be chosen: all are
    /// wanted, or none matters.
    /// </summary>
    public int[]? Draw(string layer, int wanted, Random random)
    {
        var sums = (double[])_energies[layer].Clone();
        for (var i = 1; i < sums.Length; i++) sums[i] += sums[i - 1];
        if (wanted >= sums.Length || !(sums[^1] > 0)) return null;
        var rows = new int[wanted];
        for (var i = 0; i < wanted; i++)
        {
            var place = Array.BinarySearch(sums, random.NextDouble() * sums[^1]);
            rows[i] = Math.Min(place < 0 ? ~place : place, sums.Length - 1);
        }

        Array.Sort(rows);
        return rows;
    }
}
