using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Regression;

using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Integration;

/// <summary>A small core of which no count is a power of two, so that every field of a command can be out of its range.</summary>
internal static class OddDesign
{
    public static HardwareCore Core { get; } = HardwareCore.From(new DesignConfig
    {
        Name = "odd",
        Similarity = new()
        {
            Metric = DistanceMetric.L1, ActivationBits = 4, VectorLength = 2, Centroids = 3, Unit = SimilarityUnit.Chain,
        },
        Matching = new() { TableBits = 4, Lanes = 6, RowsInParallel = 3 },
        Tile = new() { Rows = 7, MaximumSubspaces = 5, IndexBufferBeats = 8 },
        Rescale = new() { Units = 2, OutputBits = 6 },
        Memories = new(),
    });

    /// <summary>Two tiles of rows and three sets of columns: each tile is searched and kept, replayed and kept, replayed.</summary>
    public static LayerData Layer { get; } = RandomLayer.Of(
        new Random(1), Core, new LayerShape(RowCount: 9, SubspaceCount: 2, ColumnCount: 13), "layer");
}
