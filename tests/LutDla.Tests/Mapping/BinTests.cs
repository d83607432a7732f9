using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Regression.Bins;
using LutDla.Mapping.Schedule;

namespace LutDla.Tests.Mapping;

/// <summary>What a regression says that it met, counted by hand on small layers; every other bin stays at 0.</summary>
public sealed class BinTests
{
    private static readonly DesignConfig Small = new()
    {
        Name = "small",
        Similarity = new() { Metric = DistanceMetric.L1, ActivationBits = 8, VectorLength = 2, Centroids = 4 },
        Matching = new() { TableBits = 8, Lanes = 2, Modules = 2, SubspacesInParallel = 2, RowsInParallel = 2 },
        Tile = new() { Rows = 4, MaximumSubspaces = 5, IndexBufferBeats = 6 },
        Rescale = new() { Units = 2, OutputBits = 8 },
        Memories = new(),
    };

    // A sum of three entries of eight bits in an accumulator of nine.
    private static readonly DesignConfig Narrow = Small with
    {
        Matching = new() { TableBits = 8, Lanes = 2 }, Tile = Small.Tile with { MaximumSubspaces = 3, AccumulatorBits = 9 },
    };

    [Fact]
    public void Searches_that_tie_meet_a_centroid_or_take_the_last_are_counted()
    {
        // Two sub-vectors a row; of the second the last centroid is the nearest and is never met.
        var layer = Layer(v: 2, c: 4, [0, 0, 10, 0, 10, 0, -128, -128, 1, 1, 2, 2, 3, 3, 4, 4]);
        short[] rows = [0, 0, 9, 9, 10, 0, 9, 9, -128, -128, 9, 9, 5, 0, 9, 9, 127, 127, 9, 9];

        AssertCounts(SearchBins.All, counts => SearchBins.Count(Core.From(Small), Data(layer, rows), counts), new()
        {
            // (10, 0) is there twice; (5, 0) is as far from (0, 0); (127, 127) is nearest to both (10, 0).
            ["two centroids are the nearest"] = 3,
            ["a centroid is met exactly"] = 3,
            ["the last centroid is the nearest"] = 5 + 1,
        });
    }

    [Fact]
    public void Searches_at_the_ends_of_a_small_codebook_are_counted()
    {
        var layer = Layer(v: 2, c: 3, [-128, -128, -128, -128, -128, -128]);

        AssertCounts(SearchBins.All, counts => SearchBins.Count(Core.From(Small), Data(layer, [127, 127, -128, -128]), counts), new()
        {
            ["two centroids are the nearest"] = 2,
            ["all centroids are as near"] = 2,
            ["the nearest is as far as can be"] = 1,
            ["a centroid is met exactly"] = 1,
            ["small codebooks"] = 1,
        });
    }

    [Fact]
    public void Searches_of_few_elements_and_bits_are_counted()
    {
        var layer = Layer(v: 1, c: 4, [0, 1, 2, 4]) with { ActivationBits = 4 };

        AssertCounts(SearchBins.All, counts => SearchBins.Count(Core.From(Small), Data(layer, [1]), counts), new()
        {
            ["short sub-vectors"] = 1, ["activations of few bits"] = 1, ["a centroid is met exactly"] = 1,
        });
    }

    [Fact]
    public void Sums_and_results_at_their_extremes_are_counted()
    {
        // Three subspaces of one element; centroids 0, 10, 20, 30 stand for the entries 0 to 3. Columns:
        // 0: -128, 127, 1, 0 twice, and 1 for the second centroid of the third subspace. Biased by -256: -512, -1, -383, -256.
        // 1: nothing but the highest bias.
        // 2: 3, -3, 0, 0 in the first subspace, halved: 1.5, -1.5, 1.5, 0.
        // 3: 1, 0, 0, 0 in the first subspace, times the largest multiplier over 4: 16,384.
        // 4 and 5: biases of -100 and 100, the clamps.
        var layer = Layer(v: 1, c: 4, [0, 10, 20, 30, 0, 10, 20, 30, 0, 10, 20, 30]) with
        {
            OutputChannels = 6,
            Tables =
            [
                -128, 0, 3, 1, 0, 0, 127, 0, -3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                -128, 0, 0, 0, 0, 0, 127, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            ],
            Bias = [-256, 255, 0, 0, -100, 100],
            Multiplier = [1, 0, 1, RescaleFormat.MaximumMultiplier, 1, 1],
            Shift = [0, RescaleFormat.MaximumShift, 1, 2, 0, 0],
            OutputMinimum = -100,
            OutputMaximum = 100,
        };
        short[] rows = [0, 0, 0, 10, 10, 10, 0, 20, 0, 30, 30, 30];

        AssertCounts(SumBins.All, counts => SumBins.Count(Core.From(Narrow), Data(layer, rows), counts), new()
        {
            ["a sum is the lowest that the accumulator holds"] = 1,
            ["a sum is the highest that the accumulator holds"] = 1,
            ["a bias is the lowest"] = 1,
            ["a bias is the highest"] = 1,
            ["with its bias a sum needs a bit more than the accumulator"] = 2,
            ["a positive half is rounded"] = 2,
            ["a negative half is rounded"] = 1,
            ["a result is clamped to the lowest"] = 3,
            ["a result is clamped to the highest"] = 2,
            ["a rounded value has more bits than a result"] = 3 + 2,
            ["a shift of 0"] = 3,
            ["the largest shift"] = 1,
            ["a multiplier of 0"] = 1,
            ["the largest multiplier"] = 1,
        });
    }

    [Theory]
    [InlineData(0, 5, "a clamp from 0 on")]
    [InlineData(0, 0, "a clamp to a single value")]
    [InlineData(-3, -3, "a clamp to a single value")]
    [InlineData(-1, 5, null)]
    [InlineData(-5, 0, null)]
    public void A_clamp_is_counted_once_a_layer(int minimum, int maximum, string? bin)
    {
        var layer = Layer(v: 1, c: 2, [0, 1]) with { OutputMinimum = minimum, OutputMaximum = maximum };
        var counts = new BinCounts();

        SumBins.Count(Core.From(Narrow), Data(layer, [0, 0, 0]), counts);

        Assert.All(
            ["a clamp from 0 on", "a clamp to a single value"],
            name => Assert.Equal(name == bin ? 1 : 0, counts[Bin(SumBins.All, name)]));
    }

    [Theory]
    [InlineData(2, "the sums of as many subspaces as the core counts do not reach it", null)] // 2 · 127 < 255, 2 · -128 = -256
    [InlineData(3, null, null)]
    [InlineData(1, "the sums of as many subspaces as the core counts do not reach it",
        "the sums of as many subspaces as the core counts do not reach it")]
    public void Sums_that_no_layer_reaches_are_not_asked_for(int subspaces, string? highest, string? lowest)
    {
        var core = Core.From(Narrow with { Tile = Narrow.Tile with { MaximumSubspaces = subspaces } });

        Assert.Equal(highest, Bin(SumBins.All, "a sum is the highest that the accumulator holds").WhyNever(core));
        Assert.Equal(lowest, Bin(SumBins.All, "a sum is the lowest that the accumulator holds").WhyNever(core));
        Assert.All(SumBins.All.Skip(2), bin => Assert.Null(bin.WhyNever(core)));
    }

    [Fact]
    public void Tiles_blocks_and_beats_with_something_left_over_are_counted() => AssertSchedule(
        // Tiles of 4 and 3 rows, sets of 4 and 3 columns, three groups for five subspaces: six beats, which fill the buffer.
        Small, new LayerShape(RowCount: 7, SubspaceCount: 5, ColumnCount: 7), new()
        {
            ["as many subspaces as the core counts"] = 1,
            ["a full tile"] = 2,
            ["a tile with rows left over"] = 2,
            ["a block with rows left over"] = 2,
            ["a group with subspaces left over"] = 1,
            ["a result beat with columns left over"] = 2,
            ["several tiles of rows"] = 1,
            ["several sets of columns"] = 1,
            ["indices are used again"] = 2,
            ["kept indices fill the index buffer"] = 2,
        });

    [Fact]
    public void The_smallest_layer_is_counted() => AssertSchedule(
        Small, new LayerShape(RowCount: 1, SubspaceCount: 1, ColumnCount: 1), new()
        {
            ["a layer of one row, one subspace and one column"] = 1,
            ["a tile of a single block"] = 1,
            ["a tile with rows left over"] = 1,
            ["a block with rows left over"] = 1,
            ["a group with subspaces left over"] = 1,
            ["a result beat with columns left over"] = 1,
            ["an IMM without a column"] = 1,
        });

    [Fact]
    public void A_tile_that_the_index_buffer_just_does_not_hold_is_counted() => AssertSchedule(
        Small with { Tile = Small.Tile with { IndexBufferBeats = 5 } }, new LayerShape(RowCount: 4, SubspaceCount: 5, ColumnCount: 6), new()
        {
            ["as many subspaces as the core counts"] = 1,
            ["a full tile"] = 2,
            ["a group with subspaces left over"] = 1,
            ["an IMM without a column"] = 1,
            ["several sets of columns"] = 1,
            ["the index buffer is too small and a tile is searched again"] = 1,
            ["the index buffer lacks one beat"] = 1,
        });

    [Fact]
    public void What_a_core_cannot_meet_is_not_asked_for()
    {
        var least = Core.From(Small with
        {
            Similarity = Small.Similarity with { ActivationBits = 4, VectorLength = 1, Centroids = 2 },
            Matching = new() { TableBits = 8, Lanes = 1 },
            Tile = new() { Rows = 1, MaximumSubspaces = 4, IndexBufferBeats = 4 },
            Rescale = new() { Units = 1 },
        });
        Bin[] bins = [.. SearchBins.All, .. ScheduleBins.All];

        Assert.Equal(
            [
                "short sub-vectors: the core has one element", "small codebooks: the core has two centroids",
                "activations of few bits: the core has four", "a tile with rows left over: there is one row",
                "a block with rows left over: there is one row a block", "a group with subspaces left over: there is one subspace a group",
                "a result beat with columns left over: there is one rescale unit", "an IMM without a column: there is one IMM",
                "the index buffer is too small and a tile is searched again: every tile fits the index buffer",
                "the index buffer lacks one beat: no tile has 5 beats",
            ],
            Reasons(bins, least));

        // Six beats are two blocks of three groups; seven are no tile.
        Assert.Equal(
            [
                "the index buffer is too small and a tile is searched again: every tile fits the index buffer",
                "the index buffer lacks one beat: no tile has 7 beats",
            ],
            Reasons(bins, Core.From(Small)));
        Assert.Equal(
            ["kept indices fill the index buffer: no tile has 5 beats"],
            Reasons(bins, Core.From(Small with { Tile = Small.Tile with { IndexBufferBeats = 5 } })));
    }

    [Fact]
    public void Counts_of_several_sessions_add_up()
    {
        var (one, other) = (new BinCounts(), new BinCounts());
        var (met, missed) = (SearchBins.All[0], SearchBins.All[1]);
        one.Add(met);
        one.Add(missed, met: false);
        other.Add(met, times: 3);

        one.Add(other);

        Assert.Equal((4, 0), (one[met], one[missed]));
    }

    private static IEnumerable<string> Reasons(IEnumerable<Bin> bins, Core core) =>
        bins.Where(bin => bin.WhyNever(core) is not null).Select(bin => $"{bin.Name}: {bin.WhyNever(core)}");

    private static void AssertSchedule(DesignConfig config, LayerShape shape, Dictionary<string, long> expected)
    {
        var core = Core.From(config);
        AssertCounts(
            ScheduleBins.All, counts => ScheduleBins.Count(core, shape, [.. LayerSchedule.Passes(core, shape)], counts), expected);
    }

    private static void AssertCounts(IReadOnlyList<Bin> bins, Action<BinCounts> count, Dictionary<string, long> expected)
    {
        var counts = new BinCounts();
        count(counts);

        Assert.Equal(
            expected.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, e.Value)),
            bins.Where(bin => counts[bin] > 0).OrderBy(bin => bin.Name, StringComparer.Ordinal).Select(bin => (bin.Name, counts[bin])));
    }

    private static Bin Bin(IReadOnlyList<Bin> bins, string name) => bins.Single(bin => bin.Name == name);

    // One column of zeros.
    private static LutLayer Layer(int v, int c, ImmutableArray<short> codebooks) => new()
    {
        InputChannels = codebooks.Length / c,
        OutputChannels = 1,
        Window = SampleNetworks.Kernel1,
        VectorLength = v,
        CentroidCount = c,
        Metric = DistanceMetric.L1,
        ActivationBits = 8,
        TableBits = 8,
        Codebooks = codebooks,
        Tables = [.. new short[codebooks.Length / v]],
        Bias = [0],
        Multiplier = [1],
        Shift = [0],
        OutputMinimum = -128,
        OutputMaximum = 127,
    };

    private static LayerData Data(LutLayer layer, short[] rows)
    {
        var image = new ImageTensor(
            new ImageShape(rows.Length / layer.InputChannels, 1, layer.InputChannels), [.. rows.Select(value => (int)value)]);
        return LayerData.From("layer", layer, [GoldenLayer.Run(layer, image)]);
    }
}
