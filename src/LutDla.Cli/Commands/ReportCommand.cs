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

    private const string Mend = "Run that command again with --json FILE.";

    private sealed record Figure(string What, string Value, string Source);

    public static Command Create()
    {
        var files = new PathOption<string[]>("--results", PathUse.Stays)
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
        var (figures, problems) = (new List<Figure>(), new List<InputProblem>());
        foreach (var file in files)
        {
            try
            {
                figures.AddRange(Of(file));
            }
            catch (InvalidInputException error)
            {
                problems.AddRange(error.Problems);
            }
        }

        if (problems.Count > 0)
            throw new InvalidInputException(problems);
        var table = new Table().AddColumns("figure", "value", "from");
        foreach (var figure in figures)
            table.AddRow(new Text(figure.What), new Text(figure.Value), new Text(figure.Source));
        run.Terminal.Table(table);
        return new(ExitCode.Success, figures);
    }

    private static Figure[] Of(string file)
    {
        using var document = Read(file);
        var root = JsonSection.Of(file, document, Mend);
        var command = root.Text("command");
        return [.. Values(root, command).Select(v => new Figure(v.What, v.Value, $"{command} ({Path.GetFileName(file)})"))];
    }

    private static (string What, string Value)[] Values(JsonSection root, string command) => command switch
    {
        "convert" => ConversionValues(root.Section("result")),
        "infer" => InferenceValues(root.Section("result")),
        "simulate" => SimulationValues(root.Section("result")),
        "synth" => SynthesisValues(root.Section("result")),
        _ => throw root.Refuse("command", "has no figures: they are of convert, infer, simulate and synth."),
    };

    private static (string What, string Value)[] ConversionValues(JsonSection result) =>
    [
        .. result.Flag("is_labelled")
            ? ((string, string)[])
            [
                ($"float accuracy, {Count(result, "test_images", "image")}", Percent(result, "float_accuracy")),
                ($"LUT accuracy, {result.Text("network")}", Percent(result, "accuracy")),
                ("points lost", $"{result.Number("points_lost"):F2}"),
            ]
            :
            [
                ($"same class as the float network, {result.Text("network")}, {Count(result, "test_images", "example")}",
                    Percent(result, "agreement")),
            ],
        ("multiply-accumulates replaced by lookups", Percent(result.Section("totals"), "share_replaced")),
    ];

    private static (string What, string Value)[] InferenceValues(JsonSection result) =>
    [
        .. result.IsNull("accuracy")
            ? ((string, string)[])[]
            : [($"LUT accuracy, {result.Text("network")}, {Count(result, "images", "image")}", Percent(result, "accuracy"))],
        ("golden model, images/s", $"{result.Number("images_per_second"):N0}"),
    ];

    private static (string What, string Value)[] SimulationValues(JsonSection result) =>
    [
        (
            $"RTL equal to the golden model, {Count(result, "images", "image")} on {result.Text("design")}",
            result.Flag("equal") ? "yes" : "NO"),
        ("transfers compared", Count(result, "transfers")),
        ("cycles simulated", Count(result, "cycles")),
        ("cycles scheduled", Count(result, "scheduled_cycles")),
    ];

    private static (string What, string Value)[] SynthesisValues(JsonSection result)
    {
        var of = $"{result.Text("design")}, {result.Text("target")}";
        if (!result.IsNull("area"))
        {
            return
            [
                ($"area of {of}", $"{result.Number("area"):N0}"),
                ("area a lookup per cycle", $"{result.Number("area_per_lookup"):N0}"),
            ];
        }

        var totals = result.Section("totals");
        return
        [
            ($"look-up tables of {of}", Count(result, "lookup_tables")),
            .. totals.Keys.Select(key => ($"{key} cells of {of}", Count(totals, key))),
        ];
    }

    private static string Count(JsonSection section, string key) => Figures.Count(section.Count(key));

    private static string Count(JsonSection section, string key, string noun) => Figures.Count(section.Count(key), noun);

    private static string Percent(JsonSection section, string key) => Figures.Percent(section.Number(key));

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

    private static InvalidInputException NoResult(string file, string why) => new(
        "command line", "--results", file, $"must be what convert, infer, simulate or synth wrote with --json FILE: {why}", Mend);
}
