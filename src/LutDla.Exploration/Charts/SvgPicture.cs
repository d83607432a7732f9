using System.Xml.Linq;

namespace LutDla.Exploration.Charts;

/// <summary>Charts below each other as SVG: text, so that it can be read, compared and searched.</summary>
public static class SvgPicture
{
    private const int Width = 840;
    private const int Height = 420;
    private const int Left = 70;
    private const int Right = 220;
    private const int Top = 40;
    private const int Bottom = 55;
    private const int LineHeight = 18;
    private const int FontSize = 13;
    private const int RangeWidth = 5;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The file's text; the same charts give the same text.</summary>
    public static string Of(params IReadOnlyList<Chart> charts) => new XElement(
        Svg + "svg", new XAttribute("viewBox", $"0 0 {Width} {Height * charts.Count}"), new XAttribute("width", Width),
        new XAttribute("height", Height * charts.Count), new XAttribute("font-family", "sans-serif"), new XAttribute("font-size", FontSize),
        new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "white")),
        charts.Select(
            (chart, i) => new XElement(Svg + "g", new XAttribute("transform", $"translate(0 {i * Height})"), Drawing(chart)))) + "\n";

    private static IEnumerable<XElement> Drawing(Chart chart) =>
    [
        Text(Left, Top - 15, chart.Title, "start", new XAttribute("font-weight", "bold")),
        .. chart.Y.Ticks.SelectMany(
            tick => Tick(Left, Y(chart, tick), Width - Right, Y(chart, tick), Text(Left - 8, Y(chart, tick) + 4, Number(tick), "end"))),
        .. chart.X.Ticks.SelectMany(
            tick => Tick(
                X(chart, tick), Top, X(chart, tick), Height - Bottom, Text(X(chart, tick), Height - Bottom + 18, Number(tick), "middle"))),
        Text((Left + Width - Right) / 2, Height - 12, chart.X.Label, "middle"),
        Text(0, 0, chart.Y.Label, "middle", new XAttribute("transform", $"translate(18 {(Top + Height - Bottom) / 2}) rotate(-90)")),
        .. chart.Series.SelectMany(series => Marks(chart, series)),
        .. chart.Ranges.Select((range, i) => Bar(chart, range, i)),
        .. Legend(chart),
    ];

    private static IEnumerable<XElement> Marks(Chart chart, ChartSeries series) => series.Mark == ChartMark.Dots
        ? series.Points.Select(point => Dot(X(chart, point.X), Y(chart, point.Y), series.Colour))
        : [Path(series, string.Join(' ', series.Points.Select(point => $"{X(chart, point.X):0.##},{Y(chart, point.Y):0.##}")))];

    private static IEnumerable<XElement> Legend(Chart chart)
    {
        var (x, y) = (Width - Right + 40, Top + 8);
        foreach (var series in chart.Series.Where(series => series.Name is not null))
        {
            yield return series.Mark == ChartMark.Dots ? Dot(x + 10, y - 4, series.Colour) : Path(series, $"{x},{y - 4} {x + 20},{y - 4}");
            yield return Text(x + 26, y, series.Name!, "start");
            y += LineHeight;
        }

        foreach (var range in chart.Ranges)
        {
            yield return Rectangle(x + 8, y - 11, LineHeight - 4, range.Colour);
            yield return Text(x + 26, y, range.Name, "start");
            y += LineHeight;
        }
    }

    private static XElement Bar(Chart chart, ChartRange range, int place) => Rectangle(
        Width - Right + 4 + place * (RangeWidth + 3), Y(chart, range.High), Y(chart, range.Low) - Y(chart, range.High), range.Colour);

    private static XElement[] Tick(double x1, double y1, double x2, double y2, XElement label) =>
    [
        new(Svg + "line", Places(("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)), new XAttribute("stroke", "#dddddd")),
        label,
    ];

    private static XElement Path(ChartSeries series, string points) => new(
        Svg + "polyline", new XAttribute("points", points), new XAttribute("fill", "none"), new XAttribute("stroke", Code(series.Colour)),
        new XAttribute("stroke-width", 2), series.Mark == ChartMark.DashedLine ? new XAttribute("stroke-dasharray", "6 4") : null);

    private static XElement Dot(double x, double y, ChartColour colour) => new(
        Svg + "circle", Places(("cx", x), ("cy", y), ("r", 3.5)), new XAttribute("fill", Code(colour)),
        new XAttribute("fill-opacity", 0.7));

    private static XElement Rectangle(double x, double y, double height, ChartColour colour) => new(
        Svg + "rect", Places(("x", x), ("y", y), ("width", RangeWidth), ("height", height)), new XAttribute("fill", Code(colour)));

    private static XElement Text(double x, double y, string text, string anchor, params XAttribute[] more) =>
        new(Svg + "text", Places(("x", x), ("y", y)), new XAttribute("text-anchor", anchor), more, text);

    private static IEnumerable<XAttribute> Places(params (string Name, double Value)[] places) =>
        places.Select(place => new XAttribute(place.Name, $"{place.Value:0.##}"));

    private static double X(Chart chart, double value) => Left + chart.X.Place(value) * (Width - Left - Right);

    private static double Y(Chart chart, double value) => Height - Bottom - chart.Y.Place(value) * (Height - Top - Bottom);

    private static string Number(double value) => $"{value:#,0.####}";

    private static string Code(ChartColour colour) => colour switch
    {
        ChartColour.Black => "#000000",
        ChartColour.Grey => "#888888",
        ChartColour.Blue => "#0072b2",
        ChartColour.Vermilion => "#d55e00",
        ChartColour.Green => "#009e73",
        _ => throw new ArgumentOutOfRangeException(nameof(colour), colour, "No code is known for this colour."),
    };
}
