using CsCheck;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;

namespace LutDla.Tests.Mapping;

/// <summary>
/// Wider than <see cref="AnyMapping"/>: loads longer and shorter than a group, buffers of a few beats and of many tiles, chains as deep as
/// they get.
/// </summary>
internal static class AnyCycles
{
    public static Gen<(Core Core, LayerShape Shape)> CoreAndShape { get; } =
        from unit in Gen.Enum<SimilarityUnit>()
        from centroids in Gen.Int[2, 40]
        from rows in Gen.Int[1, 3]
        from subspaces in Gen.Int[1, 3]
        from units in Gen.Int[1, 2]
        from unitsPerModule in Gen.Int[1, 3]
        from modules in Gen.Int[1, 2]
        from loadsLane in Gen.Bool
        from tileRows in Gen.Int[1, 60]
        from indexBeats in Gen.OneOf(Gen.Int[4, 12], Gen.Int[4, 300])
        from buffers in Gen.Int[1, 2]
        let core = Core.From(new DesignConfig
        {
            Name = "any",
            Similarity = new() { Metric = DistanceMetric.L1, ActivationBits = 4, VectorLength = 2, Centroids = centroids, Unit = unit },
            Matching = new()
            {
                TableBits = 4, Lanes = units * unitsPerModule, Modules = modules, SubspacesInParallel = subspaces, RowsInParallel = rows,
                LoadLanes = loadsLane ? 1 : 0,
            },
            Tile = new() { Rows = tileRows, MaximumSubspaces = 60, IndexBufferBeats = indexBeats, ScratchpadBuffers = buffers },
            Rescale = new() { Units = units, OutputBits = 8 },
            Memories = new(),
        })
        from layerRows in Gen.Int[1, 12 * tileRows]
        from layerSubspaces in Gen.Int[1, 60]
        from columns in Gen.Int[1, 12 * core.Columns]
        select (core, new LayerShape(layerRows, layerSubspaces, columns));
}
