using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping.Regression;

namespace LutDla.Tests;

/// <summary>Legal designs at the edges of the parameter space, by name, and a sample of its inside.</summary>
internal static class Designs
{
    /// <summary>Simulated: each is one build, so each covers many edges at once.</summary>
    public static IReadOnlyDictionary<string, DesignConfig> Simulated { get; } = new DesignConfig[]
    {
        // One of everything: a tile of one row, which meets its own sum; v = 1, two centroids, one lane.
        Design(
            "single", DistanceMetric.Chebyshev, 16, 1, 2, SimilarityUnit.Chain, 16, 1, 1, 1, 1, 0, 1, 1, 3, 4, 1, 1, 16,
            MemoryStyle.FlipFlop),
        // Nothing a power of two; two modules, partial loads, an index buffer smaller than a tile, all latches.
        Design("latches", DistanceMetric.L2, 5, 3, 5, SimilarityUnit.Tree, 3, 6, 2, 6, 3, 2, 3, 10, 40, 13, 2, 3, 8, MemoryStyle.Latch),
        // Long sub-vectors, a number of centroids just past a power of two, five subspaces in two adder stages; macros.
        Design("wide", DistanceMetric.L1, 4, 16, 17, SimilarityUnit.Tree, 2, 5, 3, 5, 2, 0, 5, 7, 100, 50, 1, 5, 4, MemoryStyle.Macro),
        // As parallel as it gets: 16 subspaces and 8 rows at once.
        Design(
            "parallel", DistanceMetric.Chebyshev, 4, 1, 3, SimilarityUnit.Tree, 4, 2, 1, 16, 8, 1, 8, 20, 64, 12, 2, 1, 8,
            MemoryStyle.FlipFlop),
        // A chain longer than its tile, two rows at once, FPGA memories, indices replayed.
        Design("chain", DistanceMetric.L1, 8, 4, 12, SimilarityUnit.Chain, 8, 4, 1, 2, 2, 1, 2, 6, 30, 64, 2, 2, 16, MemoryStyle.FpgaRam),
        // Two register stages of argmin.
        Design("deep", DistanceMetric.L2, 6, 2, 20, SimilarityUnit.Tree, 12, 3, 1, 3, 1, 3, 1, 7, 20, 200, 1, 1, 12, MemoryStyle.Latch),
    }.ToDictionary(d => d.Name);

    /// <summary>Linted: the simulated ones and the first <paramref name="count"/> random ones.</summary>
    public static IEnumerable<DesignConfig> Sample(int count) => Enumerable.Range(0, count).Select(RandomDesign.Of);

    private static DesignConfig Design(
        string name, DistanceMetric metric, int activationBits, int vectorLength, int centroids, SimilarityUnit unit,
        int tableBits, int lanes, int modules, int subspaces, int rows, int loadLanes, int loadSubspaces,
        int tileRows, int maximumSubspaces, int indexBeats, int buffers, int units, int outputBits, MemoryStyle style) => new()
        {
            Name = name,
            Similarity =
                new() { Metric = metric, ActivationBits = activationBits, VectorLength = vectorLength, Centroids = centroids, Unit = unit },
            Matching = new()
            {
                TableBits = tableBits, Lanes = lanes, Modules = modules, SubspacesInParallel = subspaces, RowsInParallel = rows,
                LoadLanes = loadLanes, LoadSubspaces = loadSubspaces,
            },
            Tile =
                new() { Rows = tileRows, MaximumSubspaces = maximumSubspaces, IndexBufferBeats = indexBeats, ScratchpadBuffers = buffers },
            Rescale = new() { Units = units, OutputBits = outputBits },
            Memories = new()
            {
                Codebooks = style == MemoryStyle.Latch ? MemoryStyle.Latch : MemoryStyle.FlipFlop,
                Tables = style, Scratchpad = style, IndexBuffer = style, Parameters = style,
            },
        };
}
