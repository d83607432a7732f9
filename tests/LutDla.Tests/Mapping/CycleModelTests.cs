using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Schedule;

namespace LutDla.Tests.Mapping;

/// <summary>Cycles worked out by hand from the table of docs/core.md; co-simulations compare the model with the RTL.</summary>
public sealed class CycleModelTests
{
    // One subspace and one row at a time: 4 codebook beats, 4 table beats; search 5 cycles, accumulation 2, rescale 4.
    private static readonly DesignConfig OneAtATime = new()
    {
        Name = "hand",
        Similarity = new()
        {
            Metric = DistanceMetric.L1, ActivationBits = 8, VectorLength = 2, Centroids = 4, Unit = SimilarityUnit.Chain,
        },
        Matching = new() { TableBits = 8, Lanes = 4 },
        Tile = new() { Rows = 16, MaximumSubspaces = 64, IndexBufferBeats = 64, ScratchpadBuffers = 1 },
        Rescale = new() { Units = 2 },
        Memories = new(),
    };

    [Fact]
    public void A_replayed_tile_waits_for_the_only_buffer()
    {
        var core = Core.From(OneAtATime);

        var timings = CycleModel.Run(core, LayerSchedule.Passes(core, new LayerShape(RowCount: 2, SubspaceCount: 1, ColumnCount: 8)));

        // Tile 1. Loads are complete in cycle 5: activations in 5 and 6, indices written in 10 and 11, read in 11 and 12, issued one later.
        // The drain begins 3 after the last issue, in 16; its 4 beats leave from 16 + 1 + 4 on, and the buffer is free after cycle 20.
        // Tile 2 replays: issued in 21 and 22, drained from 25 on.
        Assert.Equal([new(12, 13, 21, 24), new(21, 22, 30, 33)], timings);
    }

    [Fact]
    public void A_second_buffer_lets_the_next_tile_work_while_the_first_drains()
    {
        var core = Core.From(OneAtATime with { Tile = OneAtATime.Tile with { ScratchpadBuffers = 2 } });

        var timings = CycleModel.Run(core, LayerSchedule.Passes(core, new LayerShape(RowCount: 2, SubspaceCount: 1, ColumnCount: 8)));

        // The table swapped in cycle 12 is followed by one that is complete in 12 + 1 + 4 + 1 = 18: issues in 18 and 19.
        // Its drain waits for its parameters: 2 beats from cycle 21 on, complete for cycle 20 + 1 + 2 = 23.
        Assert.Equal([new(12, 13, 21, 24), new(18, 19, 28, 31)], timings);
    }

    [Fact]
    public void Groups_of_one_beat_are_paced_by_their_loads()
    {
        var core = Core.From(OneAtATime);

        var timing = Assert.Single(
            CycleModel.Run(core, LayerSchedule.Passes(core, new LayerShape(RowCount: 1, SubspaceCount: 3, ColumnCount: 4))));

        // Groups of one beat: loads of 4 beats and 2 cycles to land and swap pace them: complete in 5, 11, 17 for codebooks.
        // Activations 5, 11, 17; written 10, 16, 22; read 11, 17, 23; issued 12, 18 (tables full in 18), 24. The drain begins in 27.
        Assert.Equal(new PassTiming(12, 24, 32, 33), timing);
    }
}
