using System.Xml.Linq;
using LutDla.Exploration.Charts;

namespace LutDla.Tests.Charts;

public sealed class ChartTests
{
    [Theory]
    [InlineData("0 1 2 3 4 5 6", 0.3, 5.2)]
    [InlineData("69 69.5 70 70.5 71 71.5", 69.2, 71.1)]
    [InlineData("0 50000 100000 150000 200000 250000", 0.0, 240_000.0)]
    [InlineData("-0.2 -0.1 0 0.1 0.2", -0.12, 0.2)]
    [InlineData("3 3.2 3.4 3.6 3.8 4", 3.0, 3.0)]
    public void Ticks_are_round_and_enclose_the_values(string ticks, params double[] values) =>
        Assert.Equal(ticks.Split(' ').Select(double.Parse), ChartAxis.Linear("x", values).Ticks.Select(tick => Math.Round(tick, 10)));

    [Theory]
    [InlineData("0.25 0.5 1 2 4 8", 0.33, 6.0)]
    [InlineData("0.5 1", 0.5, 0.7)]
    [InlineData("1 2 4", 4.0)]
    public void Binary_ticks_are_powers_of_two(string ticks, params double[] values) =>
        Assert.Equal(ticks.Split(' ').Select(double.Parse), ChartAxis.Binary("x", values).Ticks);

    [Fact]
    public void Axes_without_values_can_be_drawn()
    {
        Assert.Equal((0, 1), (ChartAxis.Linear("x", []).Ticks[0], ChartAxis.Linear("x", []).Ticks[^1]));
        Assert.Equal([1, 2], ChartAxis.Binary("x", []).Ticks);
    }

    [Fact]
    public void A_point_lies_where_its_ticks_are()
    {
        var picture = XElement.Parse(SvgPicture.Of(Sample(new ChartSeries(null, ChartColour.Blue, ChartMark.Dots, [new(2, 10)]))));

        var dot = Assert.Single(Named(picture, "circle"));
        var (x, y) = ((string?)dot.Attribute("cx"), (string?)dot.Attribute("cy"));
        Assert.Contains(Named(picture, "line"), line => (string?)line.Attribute("x1") == x && (string?)line.Attribute("x2") == x);
        Assert.Contains(Named(picture, "line"), line => (string?)line.Attribute("y1") == y && (string?)line.Attribute("y2") == y);
    }

    [Fact]
    public void The_legend_names_series_and_ranges_and_escapes_their_names()
    {
        var chart = Sample(new ChartSeries("a < b", ChartColour.Green, ChartMark.Line, [new(1, 0), new(4, 10)])) with
        {
            Ranges = [new("known & good", ChartColour.Grey, 2, 4)],
        };

        var texts = Named(XElement.Parse(SvgPicture.Of(chart, chart)), "text").Select(text => text.Value).ToList();

        Assert.Equal(2, texts.Count(text => text == "a < b"));
        Assert.Equal(2, texts.Count(text => text == "known & good"));
    }

    private static Chart Sample(ChartSeries series) => new()
    {
        Title = "sample", X = ChartAxis.Binary("x", [1, 4]), Y = ChartAxis.Linear("y", [0, 10]), Series = [series],
    };

    private static IEnumerable<XElement> Named(XElement picture, string name) =>
        picture.Descendants().Where(element => element.Name.LocalName == name);
}
