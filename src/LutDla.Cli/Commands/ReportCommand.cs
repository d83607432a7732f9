using System.CommandLine;
using System.Text.Json;
using LutDla.Boundary;
using LutDla.Cli.Output;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>Puts the results of other commands side by side.</summary>
internal static class ReportCommand
{
    private const int MaximumBytes = 16 << 20;

    private sealed record Figure(string What, string Value, string Source);

    public static Command Create()
    {
        var files = new Option<string[]>("--results")
        {
            HelpName = "FILES", Description = "What other commands wrote with --json FILE.", Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        return CommandRun.Define(
            "report",
            "Puts the results of convert, infer, simulate and synth into one table.",
            "lutdla report --results convert.json simulate.json synth.json",
            [files],
            run => Task.FromResult(Run(run, run.Get(files))));
    }

    private static Outcome Run(CommandRun run, string[] files)
    {
        Figure[] figures = [.. files.SelectMany(Of)];
        var table = new Table().AddColumns("figure", "value", "from");
        foreach (var figure in figures)
            table.AddRow(new Text(figure.What), new Text(figure.Value), new Text(figure.Source));
        run.Terminal.Table(table);
        return new(ExitCode.Success, figures);
    }

    private static IEnumerable<Figure> Of(string file)
    {
        using var document = Read(file);
        try
        {
            var command = document.RootElement.GetProperty("command").GetString() ?? "";
            return [.. Values(file, command, document.RootElement.GetProperty("result"))
                .Select(v => new Figure(v.What, v.Value, $"{command} ({Path.GetFileName(file)})"))];
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw NoResult(file, error.Message);
        }
    }

    private static (string What, string Value)[] Values(string file, string command, JsonElement result)
    {
        double Number(string key) => result.GetProperty(key).GetDouble();
        string Count(string key) => Figures.Count(result.GetProperty(key).GetInt64());
        string Name(string key) => result.GetProperty(key).GetString() ?? "";
        return command switch
        {
            "convert" => [.. Converted(), ("multiply-accumulates replaced by lookups", Replaced())],
            "infer" =>
            [
                .. result.GetProperty("accuracy").ValueKind == JsonValueKind.Null
                    ? ((string, string)[])[]
                    : [($"LUT accuracy, {Name("network")}, {Count("images")} images", Figures.Percent(Number("accuracy")))],
                ("golden model, images/s", $"{Number("images_per_second"):N0}"),
            ],
            "simulate" =>
            [
                (
                    $"RTL equal to the golden model, {Count("images")} images on {Name("design")}",
                    result.GetProperty("equal").GetBoolean() ? "yes" : "NO"),
                ("transfers compared", Count("transfers")),
                ("cycles simulated", Count("cycles")),
                ("cycles scheduled", Count("scheduled_cycles")),
            ],
            "synth" => result.GetProperty("area").ValueKind == JsonValueKind.Number
                ? [
                    ($"area of {Name("design")}, {Name("target")}", $"{Number("area"):N0}"),
                    ("area a lookup per cycle", $"{Number("area_per_lookup"):N0}"),
                ]
                : [
                    ($"look-up tables of {Name("design")}, {Name("target")}", Count("lookup_tables")),
                    .. result.GetProperty("totals").EnumerateObject().Select(t =>
                        ($"{t.Name} cells of {Name("design")}, {Name("target")}", Figures.Count(t.Value.GetInt64()))),
                ],
            _ => throw NoResult(file, $"the command {command} has no figures."),
        };

        string Replaced() => Figures.Percent(result.GetProperty("totals").GetProperty("share_replaced").GetDouble());

        (string What, string Value)[] Converted() => result.GetProperty("is_labelled").GetBoolean()
            ? [
                ($"float accuracy, {Count("test_images")} images", Figures.Percent(Number("float_accuracy"))),
                ($"LUT accuracy, {Name("network")}", Figures.Percent(Number("accuracy"))),
                ("points lost", $"{Number("points_lost"):F2}"),
            ]
            : [
                ($"same class as the float network, {Name("network")}, {Count("test_images")} examples",
                    Figures.Percent(Number("agreement"))),
            ];
    }

    private static JsonDocument Read(string file)
    {
        try
        {
            return JsonDocument.Parse(InputFile.Find(file, MaximumBytes) ?? throw NoResult(file, $"more than {MaximumBytes} bytes."));
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw NoResult(file, error.Message);
        }
    }

    private static InvalidInputException NoResult(string file, string why) =>
        new(
            "command line", "--results", file, $"must be what convert, infer, simulate or synth wrote with --json FILE: {why}",
            "Run that command again with --json FILE.");
}
