using CsCheck;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;

namespace LutDla.Tests.Mapping;

/// <summary>Small cores with layers around the edges of their tiles.</summary>
internal static class AnyMapping
{
    private static readonly Gen<Core> AnyCore =
        from rows in Gen.Int[1, 4]
        from subspaces in Gen.Int[1, 5]
        from units in Gen.Int[1, 3]
        from unitsPerModule in Gen.Int[1, 3]
        from modules in Gen.Int[1, 3]
        from tileRows in Gen.Int[1, 11]
        from maximumSubspaces in Gen.Int[1, 17]
        from indexBeats in Gen.Int[4, 40]
        from buffers in Gen.Int[1, 2]
        from metric in Gen.Enum<DistanceMetric>()
        select Core.From(new DesignConfig
        {
            Name = "any",
            Similarity = new() { Metric = metric, ActivationBits = 4, VectorLength = 2, Centroids = 3 },
            Matching = new()
            {
                TableBits = 4, Lanes = units * unitsPerModule, Modules = modules, SubspacesInParallel = subspaces, RowsInParallel = rows,
            },
            Tile = new()
            {
                Rows = tileRows, MaximumSubspaces = maximumSubspaces, IndexBufferBeats = indexBeats, ScratchpadBuffers = buffers,
            },
            Rescale = new() { Units = units, OutputBits = 8 },
            Memories = new(),
        });

    /// <summary>From a single row, subspace and column to some tiles and a part of one more.</summary>
    public static Gen<(Core Core, LayerShape Shape)> CoreAndShape { get; } =
        from core in AnyCore
        from rows in Gen.Int[1, 3 * core.Config.Tile.Rows + 1]
        from subspaces in Gen.Int[1, core.Config.Tile.MaximumSubspaces]
        from columns in Gen.Int[1, 3 * core.Columns + 1]
        select (core, new LayerShape(rows, subspaces, columns));
}
