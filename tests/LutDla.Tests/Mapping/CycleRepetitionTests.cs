using CsCheck;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Schedule;

namespace LutDla.Tests.Mapping;

/// <summary>The model that jumps over what repeats, against the one that walks through every event.</summary>
public sealed class CycleRepetitionTests
{
    // Wider than AnyMapping: loads longer and shorter than a group, buffers of a few beats and of many tiles, chains as deep as they get.
    private static readonly Gen<(Core Core, LayerShape Shape)> CoreAndShape =
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

    [Fact]
    public void Every_pass_has_the_cycles_that_its_events_have() => CoreAndShape.Sample(sample =>
    {
        TilePass[] passes = [.. LayerSchedule.Passes(sample.Core, sample.Shape)];
        Assert.Equal(EventModel.Run(sample.Core, passes), CycleModel.Run(sample.Core, passes));
    }, iter: 300);

    [Fact]
    public void A_layer_has_the_cycles_passes_and_searches_that_its_events_have() => CoreAndShape.Sample(sample =>
    {
        TilePass[] passes = [.. LayerSchedule.Passes(sample.Core, sample.Shape)];

        var cycles = LayerCycles.Of(sample.Core, "layer", sample.Shape);

        Assert.Equal(EventModel.Run(sample.Core, passes)[^1].LastResult, cycles.Cycles);
        Assert.Equal((passes.Length, passes.Count(p => p.Search)), (cycles.Passes, cycles.Searches));
    }, iter: 300);

    [Fact]
    public void A_model_that_has_jumped_goes_on_as_one_that_has_not() => CoreAndShape.Sample(sample =>
    {
        TilePass[] tile = [.. LayerSchedule.Passes(
            sample.Core, sample.Shape with { RowCount = Math.Min(sample.Shape.RowCount, sample.Core.Config.Tile.Rows) })];
        var (jumping, walking) = (new CycleModel(sample.Core), new EventModel(sample.Core));
        const int Times = 40;
        jumping.Repeat(tile, Times);
        foreach (var pass in Enumerable.Repeat(tile, Times).SelectMany(t => t)) walking.Next(pass);

        foreach (var pass in tile.Concat(tile)) Assert.Equal(walking.Next(pass), jumping.Next(pass));
    }, iter: 60);

    [Theory]
    [InlineData(65536, 4)] // the index buffer throttles every beat
    [InlineData(65536, 1 << 20)]
    [InlineData(1, 1 << 20)]
    public void A_layer_of_thousands_of_millions_of_beats_is_a_few_steps(int tileRows, int indexBeats)
    {
        var core = Core.From(new DesignConfig
        {
            Name = "large",
            Similarity =
                new() { Metric = DistanceMetric.L1, ActivationBits = 8, VectorLength = 1, Centroids = 256, Unit = SimilarityUnit.Chain },
            Matching = new() { TableBits = 8, Lanes = 1 },
            Tile = new() { Rows = tileRows, MaximumSubspaces = 65536, IndexBufferBeats = indexBeats },
            Rescale = new() { Units = 1 },
            Memories = new(),
        });
        var before = GC.GetAllocatedBytesForCurrentThread();

        var cycles = LayerCycles.Of(core, "layer", new LayerShape(int.MaxValue, 65536, 2));

        // Every beat keeps the core busy for a cycle at least, and no beat can take longer than all that it may wait for.
        Assert.InRange(cycles.Cycles, (double)cycles.Lookups, 3000.0 * cycles.Lookups);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1L << 28);
    }
}
