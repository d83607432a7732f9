using System.Text;
using LutDla.Boundary;
using LutDla.Exploration.Charts;
using LutDla.Training.FineTuning;

namespace LutDla.Cli.Output;

/// <summary>How training went, as a picture: accuracy above, loss below, over the images seen.</summary>
internal static class TraceFile
{
    private const string VisitsLabel = "images seen in training, thousands";

    private const string Svg = ".svg";

    private static readonly ChartColour[] StageColours = [ChartColour.Blue, ChartColour.Vermilion, ChartColour.Green];

    /// <summary>Refuses a name that says another format.</summary>
    /// <exception cref="InvalidInputException">It ends otherwise.</exception>
    public static string CheckName(string option, string path) => path.EndsWith(Svg, StringComparison.OrdinalIgnoreCase)
        ? path
        : throw new InvalidInputException("command line", option, path, $"must end with {Svg}.", "Add it.");

    public static void Write(string path, string title, TrainingTrace trace) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(SvgPicture.Of(Accuracy(title, trace), Loss(trace)))));

    private static Chart Accuracy(string title, TrainingTrace trace)
    {
        var x = Visits(trace);
        var (accuracies, exact) = (trace.Accuracies.GroupBy(point => point.Stage), 100 * trace.FloatAccuracy);
        return new Chart
        {
            Title = $"{title}, {Figures.Count(trace.Images)} training images", X = x,
            Y = ChartAxis.Linear("accuracy, %", [.. trace.Accuracies.Select(point => 100 * point.Accuracy), exact]),
            Series =
            [
                new("float network", ChartColour.Black, ChartMark.DashedLine, [new(x.Ticks[0], exact), new(x.Ticks[^1], exact)]),
                .. accuracies.Select((stage, i) => new ChartSeries(
                    $"integers, {stage.Key}", StageColours[i], ChartMark.Line,
                    [.. stage.Select(point => new ChartPoint(Thousands(point.Visits), 100 * point.Accuracy))])),
            ],
        };
    }

    private static Chart Loss(TrainingTrace trace) => new()
    {
        Title = "Mean loss since the point before", X = Visits(trace),
        Y = ChartAxis.Linear("loss", trace.Losses.Select(point => point.Loss)), Series =
        [
            .. trace.Losses.GroupBy(point => point.Stage).Select((stage, i) => new ChartSeries(
                stage.Key, StageColours[i], ChartMark.Line,
                [.. stage.Select(point => new ChartPoint(Thousands(point.Visits), point.Loss))])),
        ],
    };

    private static ChartAxis Visits(TrainingTrace trace) =>
        ChartAxis.Linear(
            VisitsLabel,
            [.. trace.Accuracies.Select(point => Thousands(point.Visits)), .. trace.Losses.Select(point => Thousands(point.Visits))]);

    private static double Thousands(long visits) => visits / 1000.0;
}
