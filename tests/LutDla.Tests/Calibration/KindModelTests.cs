using LutDla.Exploration.Calibration;
using LutDla.Hardware.Modules.Streams;

namespace LutDla.Tests.Calibration;

public sealed class KindModelTests
{
    // What a counter of so many bits costs: 5 always, 3 a bit.
    private static readonly CostPoint[] Counters =
        [.. new[] { 1, 2, 4, 8 }.Select(bits => CostPoint.OfModule(new Counter(bits)))];

    [Fact]
    public void A_kind_that_is_as_its_terms_say_is_met_exactly()
    {
        var model = KindModel.Fit(Counters, [8, 11, 17, 29]);

        Assert.Equal(["always", "bits"], model.Terms.Select(t => t.Name));
        Assert.Equal(5, model.Terms[0].Each, 6);
        Assert.Equal(3, model.Terms[1].Each, 6);
        Assert.Equal((1, 8), (model.Terms[1].Least, model.Terms[1].Most));
        Assert.Equal(35, model.Cost(CostPoint.OfModule(new Counter(10))), 6);
        Assert.Equal(4, model.Samples);
        Assert.Equal(0, model.WorstError, 6);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(8, true)]
    [InlineData(9, false)]
    [InlineData(0, false)]
    public void Amounts_beyond_those_of_the_samples_are_told(int bits, bool covered) =>
        Assert.Equal(covered, KindModel.Fit(Counters, [8, 11, 17, 29]).Covers(CostPoint.OfModule(new Counter(bits))));

    [Fact]
    public void Modules_that_are_wires_cost_nothing_and_their_errors_are_numbers()
    {
        Assert.Equal(0, KindModel.Fit(Counters, [0, 0, 0, 0]).Cost(CostPoint.OfModule(new Counter(5))), 9);

        var some = KindModel.Fit(Counters, [0, 0, 0, 29]);
        Assert.True(double.IsFinite(some.WorstError) && double.IsFinite(some.MeanError));
    }

    // Two samples of which each alone says 4 and 6 a bit: left out, each is missed by a half and by a third.
    [Fact]
    public void The_error_is_that_of_a_sample_that_was_left_out()
    {
        CostPoint[] samples = [CostPoint.OfModule(new StreamFifo(1, 2)), CostPoint.OfModule(new StreamFifo(1, 2))];

        var model = KindModel.Fit(samples, [8, 12]);

        Assert.Equal(0.5, model.WorstError, 6);
        Assert.Equal((0.5 + (1 / 3.0)) / 2, model.MeanError, 6);
    }

    // Widths of 5 cost a fifth more than all others, whatever the depth: the neighbours say so, and what is between 4 and 6 is between.
    [Fact]
    public void What_no_sum_of_terms_tells_is_learned_from_the_samples_near_by()
    {
        int[] widths = [2, 3, 4, 5, 6, 8, 12];
        int[] depths = [2, 4, 8, 16, 32];
        StreamFifo[] samples =
            [.. widths.SelectMany(w => depths.Where(d => w != 5 || d != 8).Select(d => new StreamFifo(w, d)))];
        static double True(int width, int depth) => (width == 5 ? 1.2 : 1) * (20 + 7 * width * depth);
        double[] costs = [.. samples.Select(f => True(f.Width, f.Depth))];

        var model = KindModel.Fit([.. samples.Select(CostPoint.OfModule)], costs);

        Assert.InRange(model.Cost(CostPoint.OfModule(new StreamFifo(5, 8))), 0.97 * True(5, 8), 1.03 * True(5, 8));
        Assert.InRange(model.Cost(CostPoint.OfModule(new StreamFifo(4, 8))), 0.97 * True(4, 8), 1.03 * True(4, 8));
        Assert.True(model.MeanError < 0.03, $"{model.MeanError}");
    }
}
