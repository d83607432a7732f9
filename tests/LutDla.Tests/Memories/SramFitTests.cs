using LutDla.Boundary;
using LutDla.Exploration.Memories;

namespace LutDla.Tests.Memories;

public sealed class SramFitTests : IDisposable
{
    private static readonly (int Words, int Bits)[] Shapes = [(16, 8), (64, 8), (16, 32), (64, 32), (32, 16), (128, 24), (256, 64)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Macros_that_are_as_the_model_says_are_met_exactly()
    {
        var model = Fit(Shapes.Select(s => SampleMacros.Line(s.Words, s.Bits, Area(s.Words, s.Bits), rest: Rest(s.Words, s.Bits))));

        Assert.Equal(Area(100, 20), Assert.NotNull(model.Of(SramQuantity.Area, 100, 20)), 0.01);
        Assert.Equal(3 + (0.5 * 20) + (0.1 * 20 * 10), Assert.NotNull(model.Of(SramQuantity.ReadEnergy, 100, 20)), 0.001);
        // 100 words have 7 address bits.
        Assert.Equal(1 + (0.2 * 7), Assert.NotNull(model.Of(SramQuantity.AccessTime, 100, 20)), 0.001);
        Assert.All(model.Costs.Values, cost => Assert.Equal((0, 0), (cost.MeanError, cost.WorstError)));
        Assert.Equal(
            (new SampledRange(16, 256), new SampledRange(8, 64), new SampledRange(128, 16_384)), (model.Words, model.WordBits, model.Bits));
        Assert.Equal((7, 100, 1), (model.Macros, model.NodeNanometres, model.Volts));
    }

    // One of seven costs twice what the others say it should.
    [Fact]
    public void The_worst_error_is_that_of_a_macro_that_was_left_out()
    {
        var model = Fit(Shapes.Select((s, i) => SampleMacros.Line(s.Words, s.Bits, (i == 6 ? 2 : 1) * s.Words * s.Bits)));

        Assert.Equal(0.5, model.Costs[SramQuantity.Area].WorstError, 4);
        Assert.InRange(model.Costs[SramQuantity.Area].MeanError, 0.5 / 7, 0.5);
    }

    [Fact]
    public void What_is_0_or_missing_or_the_same_for_all_sizes_is_not_known()
    {
        var model = Fit(Shapes.Select(
            (s, i) => SampleMacros.Line(s.Words, s.Bits, Area(s.Words, s.Bits), rest: $"0,2,{i},{(i == 0 ? "" : i)},")));

        Assert.Equal([SramQuantity.Area], model.Costs.Keys);
        Assert.Null(model.Of(SramQuantity.Leakage, 64, 8));
    }

    [Fact]
    public void Macros_of_other_families_and_names_and_very_large_ones_are_left_out()
    {
        var model = SramFit.Of(
            SampleMacros.Table(
                _folder,
                [
                    .. Shapes.Select(s => SampleMacros.Line(s.Words, s.Bits, Area(s.Words, s.Bits), name: "good_1")),
                    SampleMacros.Line(32, 8, 1e6, family: "g"), SampleMacros.Line(32, 8, 1e6, name: "bad_1"),
                    SampleMacros.Line(8192, 33, 1e6, name: "good_2"),
                ]),
            "f", "good_", SramPorts.OneReadWrite);

        Assert.Equal(7, model.Macros);
        Assert.Equal(0, model.Costs[SramQuantity.Area].WorstError);
    }

    [Theory]
    [InlineData("none", "", "family none = no macros: The table has no macro of it. Name one of f, g.")]
    [InlineData("f", "x_", "family f = no macros: The table has no macro of it whose name begins with x_. Name one of f, g.")]
    [InlineData("g", "", "family g = 3 shapes of at most 262144 bits: A model is fitted to at least 4 shapes.")]
    public void Too_few_macros_are_refused(string family, string prefix, string message)
    {
        var table = SampleMacros.Table(
            _folder,
            [
                .. Shapes.Select(s => SampleMacros.Line(s.Words, s.Bits, 100)),
                .. Shapes[..3].Append(Shapes[0]).Select(s => SampleMacros.Line(s.Words, s.Bits, 100, family: "g")),
            ]);

        var e = Assert.Throws<InvalidInputException>(() => SramFit.Of(table, family, prefix, SramPorts.OneReadWrite));

        Assert.StartsWith($"{table.File}: {message}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Macros_of_several_nodes_are_no_family()
    {
        var table = SampleMacros.Table(_folder, SampleMacros.Line(16, 8, 1), "m,f,65,1,16,16,1,1,1,1,1,");

        var e = Assert.Throws<InvalidInputException>(() => SramFit.Of(table, "f", "", SramPorts.OneReadWrite));

        Assert.Contains("family f = several nodes or voltages", e.Message, StringComparison.Ordinal);
    }

    private static double Area(int words, int bits) =>
        100 + (2.0 * words) + (3.0 * bits) + (0.5 * words * bits) + (0.25 * bits * bits);

    private static string Rest(int words, int bits)
    {
        var addressBits = words switch { 16 => 4, 32 => 5, 64 => 6, 128 => 7, _ => 8 };
        return FormattableString.Invariant(
            $"{7.0 * words * bits},{3 + (0.5 * bits) + (0.1 * bits * Math.Sqrt(words))},{4.0 * bits},{1 + (0.2 * addressBits)},");
    }

    private SramModel Fit(IEnumerable<string> lines) =>
        SramFit.Of(SampleMacros.Table(_folder, lines), "f", "", SramPorts.OneReadWrite);
}
