using System.Diagnostics;
using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Hardware;
using LutDla.Networks.Data;
using LutDla.Networks.Files;

namespace LutDla.Benchmarks;

/// <summary>Speed of the fast golden model on the shipped ResNet-8, against what this processor could do.</summary>
internal static class GoldenBenchmark
{
    private const string NetworkPath = "networks/resnet8-fashion.safetensors";
    private const int Images = 200;
    private const int Repetitions = 50;

    // 512-bit instructions of the AVX-512 kernels for one centroid and 64 pixels at v = 4, c = 16, 8 bits: what a search cannot do without.
    // Distances (or, for L2, keys), then compare, blend and minimum (maximum), then a running index where there is one. Loads are not
    // counted.
    private const int ManhattanInstructions = 4 + 2 + 2 * 3 + 1;
    private const int ChebyshevInstructions = 4 * 3 + 3 + 3 + 1;
    private const int EuclideanInstructions = 2 * (2 + 2) + 2 * 3;
    private const int CentroidCount = 16;
    private const int PixelsInRegister = 64;

    // A permutation, a multiplication by one and an addition for 64 entries of 8 bits.
    private const double LookupInstructions = 3.0 / 64;

    /// <summary>Prints a table; returns its rows.</summary>
    public static object Run(TextWriter output)
    {
        var rows = new List<Row>();
        using var source = FloatNetworkFile.Read(NetworkPath);
        var images = DatasetSource.Load(DatasetName.FashionMnist, DatasetPart.Test).Take(Images);
        var instructions = VectorThroughput.InstructionsPerSecond() * Environment.ProcessorCount;
        output.WriteLine(
            $"golden model, ResNet-8, {Environment.ProcessorCount} threads; best of {Repetitions}; "
            + $"512-bit additions and minima: {instructions / 1e9:F1} G/s (measured)");
        output.WriteLine(
            "metric        images/s   searches/s    lookups/s   of limit (instructions of v = 4 searches and lookups at that rate)");
        foreach (var metric in Enum.GetValues<DistanceMetric>())
        {
            var network = ConvertedNetworks.Get(source, metric, output);
            var (searches, lookups) = Count(network);
            var vectorSearches = searches - Count(network, layer => layer.VectorLength == 1).Searches;
            var rate = Images / BestTime(network, images).TotalSeconds;
            var limit = instructions / (vectorSearches * SearchInstructions(metric) + lookups * LookupInstructions);
            rows.Add(new Row(metric.ToString(), rate, rate * searches, rate * lookups, rate / limit));
            output.WriteLine(
                $"{metric,-10} {rate,11:F0} {rate * searches / 1e6,10:F0} M {rate * lookups / 1e6,10:F0} M {rate / limit,9:P0}");
        }

        return rows;
    }

    private sealed record Row(string Metric, double ImagesPerSecond, double SearchesPerSecond, double LookupsPerSecond, double OfLimit);

    private static TimeSpan BestTime(QuantizedNetwork network, Dataset images)
    {
        var engine = new GoldenEngine(network);
        var results = new int[Images * engine.OutputLength];
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < Repetitions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            engine.Infer(images.Images, Images, results);
            var elapsed = Stopwatch.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        return best;
    }

    /// <summary>
    /// Searches of sub-vectors and lookups of table entries for one image; pixels that a kernel searches in vain do not count.
    /// </summary>
    /// <param name="counts">
    /// Which layers count; all where it is left out. A sub-vector of one element is looked up, not searched for.
    /// </param>
    private static (long Searches, long Lookups) Count(QuantizedNetwork network, Predicate<LutLayer>? counts = null)
    {
        var shapes = NetworkRules.Shapes(network);
        var (searches, lookups) = (0L, 0L);
        foreach (var node in network.Nodes.OfType<LutNode>().Where(node => counts?.Invoke(node.Layer) ?? true))
        {
            var count = (long)shapes[node.Name].Pixels * node.Layer.SubspaceCount;
            searches += count;
            lookups += count * node.Layer.OutputChannels;
        }

        return (searches, lookups);
    }

    private static double SearchInstructions(DistanceMetric metric) => (double)CentroidCount / PixelsInRegister * metric switch
    {
        DistanceMetric.L1 => ManhattanInstructions,
        DistanceMetric.L2 => EuclideanInstructions,
        DistanceMetric.Chebyshev => ChebyshevInstructions,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "No kernel is known for this metric."),
    };
}
