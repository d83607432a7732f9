using LutDla.Baseline.Arrays;
using LutDla.Baseline.Products;
using LutDla.Hardware.Configuration;

namespace LutDla.Tests.Baseline;

/// <summary>Passes and cycles of arrays, counted by hand.</summary>
public sealed class ArrayPassTests
{
    private static readonly ArrayConfig Config = new()
    {
        Name = "array", Operands = new(8, 8), AccumulatorBits = 24, Rows = 2, Columns = 4, MaximumBlocks = 3, MaximumSteps = 4,
        LoadColumns = 2, RescaleUnits = 2,
    };

    // 7 rows are a tile of 6 and one of 1; 5 columns are a set of 4 and one of 1; 17 products are 3 steps of 8.
    [Fact]
    public void A_product_is_tiles_of_rows_times_sets_of_columns()
    {
        var passes = ArrayPass.Of(MacArray.Of(Dataflow.OutputStationary, Config), new(7, 17, 5)).ToList();

        Assert.Equal([(0, 6, 0, 4), (0, 6, 4, 1), (6, 1, 0, 4), (6, 1, 4, 1)],
            passes.Select(p => (p.FirstRow, p.RowCount, p.FirstColumn, p.ColumnCount)));
        Assert.Equal([(3, 2), (3, 2), (1, 1), (1, 1)], passes.Select(p => (p.Blocks, p.LastRows)));
        Assert.All(passes, p => Assert.Equal((3, true, false), (p.Steps, p.Fetch, p.Keep)));
        Assert.Equal([2, 1, 2, 1], passes.Select(p => p.RowBeats));
    }

    // A tile of 3 blocks and 3 steps is 9 beats.
    [Theory]
    [InlineData(9, false)]
    [InlineData(8, true)]
    public void Activations_come_once_for_all_columns_where_they_can_be_kept(int beats, bool again)
    {
        var array = MacArray.Of(Dataflow.OutputStationary, Config with { ActivationBeats = beats });
        var passes = ArrayPass.Of(array, new(6, 17, 9)).ToList();

        Assert.Equal([true, again, again], passes.Select(p => p.Fetch));
        Assert.Equal([!again, !again, false], passes.Select(p => p.Keep));
    }

    [Fact]
    public void A_sum_of_more_steps_than_are_kept_is_refused()
    {
        var array = MacArray.Of(Dataflow.OutputStationary, Config);
        Assert.Single(ArrayPass.Of(array, new(1, 32, 1)));
        Assert.Throws<ArgumentException>(() => ArrayPass.Of(array, new(1, 33, 1)));
    }

    // One block of one step: the word's 2 beats come in cycles 0 and 1, it is read in 2, used in 3, summed in 4, held in 5, leaves in 6
    // and 7 (2 rows of 1 beat), and is rescaled 4 cycles later.
    [Fact]
    public void The_shortest_product_of_units_that_keep_sums_takes_its_latencies() =>
        Assert.Equal(11, ArrayCycles.Of(MacArray.Of(Dataflow.OutputStationary, Config), new(2, 8, 2)));

    // 4 beats of weights in cycles 0 to 3, landed in 4, full in 5: activations enter in 5, are in the first unit in 6,
    // its sum is there in 7,
    // that of both in 8, where it is written; finished in 9, read, and leaves in 10 and 11 (2 rows of 1 beat), rescaled 4 cycles later.
    [Fact]
    public void The_shortest_product_of_units_that_keep_weights_takes_its_latencies() =>
        Assert.Equal(15, ArrayCycles.Of(MacArray.Of(Dataflow.WeightStationary, Config with { Chain = 2 }), new(2, 16, 2)));

    // 64 blocks of 2 rows and 16 steps of 8 are 1,024 steps of 64 multiplications each. The words of the first block take two cycles each,
    // and the last block 7 cycles and the 4 beats in which it leaves.
    [Fact]
    public void A_long_product_keeps_the_units_busy()
    {
        var array = MacArray.Of(Dataflow.OutputStationary, Config with { MaximumBlocks = 64, MaximumSteps = 16 });
        Assert.Equal(2 * 16 + 63 * 16 + 7 + 4, ArrayCycles.Of(array, new(128, 128, 4)));
        Assert.Equal(1024.0 / 1052, ArrayCycles.Utilisation(array, new(128, 128, 4)), 10);
    }

    [Theory]
    [InlineData(8, 8, 1, 16)]
    [InlineData(8, 8, 3, 17)]
    [InlineData(4, 4, 8, 11)]
    [InlineData(8, 4, 8, 15)]
    public void A_sum_has_no_bit_too_many(int activationBits, int weightBits, int products, int bits) =>
        Assert.Equal(bits, new OperandFormat(activationBits, weightBits).SumBits(products));

    [Fact]
    public void Choices_that_contradict_each_other_are_refused()
    {
        Assert.Throws<ArgumentException>(() => MacArray.Of(Dataflow.OutputStationary, Config with { Chain = 2 }));
        Assert.Throws<ArgumentException>(() => MacArray.Of(Dataflow.WeightStationary, Config with { Chain = 1 }));
        Assert.Throws<ArgumentException>(() => MacArray.Of(Dataflow.OutputStationary, Config with { LoadColumns = 3 }));
        Assert.Throws<ArgumentException>(() => MacArray.Of(Dataflow.OutputStationary, Config with { RescaleUnits = 3 }));
        Assert.Throws<ArgumentException>(() => MacArray.Of(Dataflow.OutputStationary, Config with { Operands = new(8, 5) }));
        Assert.Throws<ArgumentException>(() => MacArray.Of(Dataflow.OutputStationary, Config with { AccumulatorBits = 18 }));
        Assert.Throws<ArgumentException>(() => MacArray.Of(Dataflow.OutputStationary, Config with { Registers = MemoryStyle.Macro }));
    }
}
