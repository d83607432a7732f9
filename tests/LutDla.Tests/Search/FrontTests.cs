using CsCheck;
using LutDla.Exploration.Search;
using LutDla.Exploration.Spaces;

namespace LutDla.Tests.Search;

public sealed class FrontTests
{
    private static readonly Quantity[] Objectives = [Quantity.GopsPerMm2, Quantity.PowerMw];

    private static readonly Gen<(double Gops, double Power)[]> AnyPoints =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6], (gops, power) => ((double)gops, (double)power)).Array[1, 40];

    private static PointFigures Figures(double gopsOfArea, double power)
    {
        var words = Quantities.All.Select(q => q switch
        {
            Quantity.GopsPerMm2 => $"{gopsOfArea}",
            Quantity.PowerMw => $"{power}",
            _ => "0",
        });
        return PointFigures.Parse(string.Join(' ', words));
    }

    [Fact]
    public void Points_that_another_betters_are_left_out()
    {
        var front = new Front(Objectives);
        front.Add(0, Figures(10, 5));
        front.Add(1, Figures(9, 6)); // worse in both
        front.Add(2, Figures(10, 4)); // as good and better
        front.Add(3, Figures(8, 1));
        front.Add(4, Figures(8, 1)); // the same as 3

        Assert.Equal([2, 3], front.Points.Select(p => p.Point));
    }

    [Fact]
    public void It_is_what_a_comparison_of_all_pairs_leaves() => AnyPoints.Select(Gen.Int[0, 1000]).Sample((points, seed) =>
    {
        bool Betters(int a, int b) => points[a].Gops >= points[b].Gops && points[a].Power <= points[b].Power
            && (points[a] != points[b] || a < b);
        int[] all = [.. Enumerable.Range(0, points.Length)];
        var expected = all.Where(b => !all.Any(a => a != b && Betters(a, b))).ToHashSet();
        int[] order = [.. all];
        new Random(seed).Shuffle(order);

        var front = new Front(Objectives);
        foreach (var i in order)
            front.Add(i, Figures(points[i].Gops, points[i].Power));

        Assert.Equal(expected.Order(), front.Points.Select(p => (int)p.Point).Order());
    });

    [Fact]
    public void Two_halves_make_the_front_of_the_whole() => AnyPoints.Sample(points =>
    {
        var (whole, first, second) = (new Front(Objectives), new Front(Objectives), new Front(Objectives));
        for (var i = 0; i < points.Length; i++)
        {
            whole.Add(i, Figures(points[i].Gops, points[i].Power));
            (i % 2 == 0 ? first : second).Add(i, Figures(points[i].Gops, points[i].Power));
        }

        second.AddAll(first);

        Assert.Equal(whole.Points.Select(p => p.Point), second.Points.Select(p => p.Point));
    });

    [Fact]
    public void Figures_survive_as_text_to_the_last_bit()
    {
        var figures = Figures(1 / 3.0, double.NaN);

        Assert.Equal(figures.ToText(), PointFigures.Parse(figures.ToText()).ToText());
        Assert.Equal(1 / 3.0, PointFigures.Parse(figures.ToText())[Quantity.GopsPerMm2]);
        Assert.Throws<FormatException>(() => PointFigures.Parse("1 2 3"));
    }

    [Theory]
    [InlineData(Quantity.PowerMw, 5, true)]
    [InlineData(Quantity.PowerMw, 4.9, false)]
    [InlineData(Quantity.GopsPerMm2, 10, true)]
    [InlineData(Quantity.GopsPerMm2, 10.1, false)]
    [InlineData(Quantity.AreaMm2, 0, true)]
    public void A_limit_is_the_most_or_where_more_is_better_the_least(Quantity quantity, double bound, bool isKept) =>
        Assert.Equal(isKept, Figures(10, 5).Keeps([new Limit(quantity, bound)]));

    [Fact]
    public void What_is_not_known_keeps_no_limit() =>
        Assert.False(Figures(10, double.NaN).Keeps([new Limit(Quantity.PowerMw, 1e9)]));
}
