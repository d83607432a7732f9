using System.Diagnostics;
using LutDla.Golden;
using LutDla.Hardware;
using LutDla.Tests.Golden;

namespace LutDla.Benchmarks;

/// <summary>Speed of the fast golden model on a network of the ResNet-8 shape with random contents.</summary>
internal static class GoldenBenchmark
{
    private const int Images = 200;
    private const int Repetitions = 50;

    // 512-bit instructions of the AVX-512 kernels for one centroid and 64 pixels at v = 4, c = 16, 8 bits: what a search cannot do without.
    // Distances, then compare, blend and minimum (or, for L2, maximum alone), then broadcasts and the running index.
    private const int ManhattanInstructions = 4 + 2 + 2 * 3 + 2;
    private const int ChebyshevInstructions = 4 * 3 + 3 + 3 + 5;
    private const int EuclideanInstructions = 2 * (2 * 4 + 2 + 3);
    private const int CentroidCount = 16;
    private const int PixelsInRegister = 64;

    // A permutation and an addition for 32 entries of 16 bits.
    private const double LookupInstructions = 2.0 / 32;

    /// <summary>Prints a table; returns its rows.</summary>
    public static object Run(TextWriter output)
    {
        var rows = new List<Row>();
        var instructions = VectorThroughput.InstructionsPerSecond() * Environment.ProcessorCount;
        output.WriteLine($"golden model, ResNet-8 shape, {Environment.ProcessorCount} threads; 512-bit instructions: {instructions / 1e9:F1} G/s (measured)");
        output.WriteLine("metric        images/s   searches/s    lookups/s   of limit");
        foreach (var metric in Enum.GetValues<DistanceMetric>())
        {
            var network = ResNetShape.Create(metric, seed: 1);
            var (searches, lookups) = Count(network);
            var rate = Images / BestTime(network).TotalSeconds;
            var limit = instructions / (searches * SearchInstructions(metric) + lookups * LookupInstructions);
            rows.Add(new Row(metric.ToString(), rate, rate * searches, rate * lookups, rate / limit));
            output.WriteLine($"{metric,-10} {rate,11:F0} {rate * searches / 1e6,10:F0} M {rate * lookups / 1e6,10:F0} M {rate / limit,9:P0}");
        }

        return rows;
    }

    private sealed record Row(string Metric, double ImagesPerSecond, double SearchesPerSecond, double LookupsPerSecond, double OfLimit);

    private static TimeSpan BestTime(QuantizedNetwork network)
    {
        var engine = new GoldenEngine(network);
        var images = new byte[Images * engine.ImageBytes];
        new Random(1).NextBytes(images);
        var results = new int[Images * engine.OutputLength];
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < Repetitions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            engine.Infer(images, Images, results);
            var elapsed = Stopwatch.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        return best;
    }

    /// <summary>Searches of sub-vectors and lookups of table entries for one image; pixels that a kernel searches in vain do not count.</summary>
    private static (long Searches, long Lookups) Count(QuantizedNetwork network)
    {
        var shapes = NetworkRules.Shapes(network);
        var (searches, lookups) = (0L, 0L);
        foreach (var node in network.Nodes.OfType<LutNode>())
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
