using CsCheck;
using LutDla.Boundary;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Schedule;

namespace LutDla.Tests.Mapping;

/// <summary>The model that jumps over what repeats, against the one that walks through every event.</summary>
public sealed class CycleRepetitionTests
{
    [Fact]
    public void Every_pass_has_the_cycles_that_its_events_have() => AnyCycles.CoreAndShape.Sample(sample =>
    {
        TilePass[] passes = [.. LayerSchedule.Passes(sample.Core, sample.Shape)];
        Assert.Equal(EventModel.Run(sample.Core, passes), CycleModel.Run(sample.Core, passes));
    }, iter: 300);

    [Fact]
    public void A_layer_has_the_cycles_passes_and_searches_that_its_events_have() => AnyCycles.CoreAndShape.Sample(sample =>
    {
        TilePass[] passes = [.. LayerSchedule.Passes(sample.Core, sample.Shape)];

        var cycles = LayerCycles.Of(sample.Core, "layer", sample.Shape);

        Assert.Equal(EventModel.Run(sample.Core, passes)[^1].LastResult, cycles.Cycles);
        Assert.Equal((passes.Length, passes.Count(p => p.Search)), (cycles.Passes, cycles.Searches));
    }, iter: 300);

    [Fact]
    public void A_model_that_has_jumped_goes_on_as_one_that_has_not() => AnyCycles.CoreAndShape.Sample(sample =>
    {
        TilePass[] tile = [.. LayerSchedule.Passes(
            sample.Core, sample.Shape with { RowCount = Math.Min(sample.Shape.RowCount, sample.Core.Config.Tile.Rows) })];
        var (jumping, walking) = (new CycleModel(sample.Core), new EventModel(sample.Core));
        const int Times = 40;
        jumping.Repeat(tile, Times);
        foreach (var pass in Enumerable.Repeat(tile, Times).SelectMany(t => t)) walking.Next(pass);

        foreach (var pass in tile.Concat(tile)) Assert.Equal(walking.Next(pass), jumping.Next(pass));
    }, iter: 60);

    [Fact]
    public void More_cycles_than_63_bits_count_are_refused()
    {
        var core = Core.From(new DesignConfig
        {
            Name = "slow",
            Similarity =
                new() { Metric = DistanceMetric.L1, ActivationBits = 8, VectorLength = 1, Centroids = 256, Unit = SimilarityUnit.Chain },
            Matching = new() { TableBits = 8, Lanes = 1024, LoadLanes = 1, Modules = 16, SubspacesInParallel = 16 },
            Tile = new() { Rows = 1, MaximumSubspaces = 65536, IndexBufferBeats = 4 },
            Rescale = new() { Units = 1 },
            Memories = new(),
        });

        var shape = new LayerShape(int.MaxValue, 65536, 1 << 20);

        var e = Assert.Throws<InvalidInputException>(() => LayerCycles.Of(core, "layer", shape));

        Assert.Equal(
            $"design slow: cycles of layer = more than {long.MaxValue}: They must be counted in 63 bits. "
            + "Give fewer images, or a core with larger tiles.",
            e.Message);
    }

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
