using System.CommandLine;
using System.Globalization;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Training.Conversion;
using LutDla.Training.Formats;
using LutDla.Training.Optimisation;
using LutDla.Training.Recipe;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>Which layers suffer most from conversion, and formats by layer within a budget.</summary>
internal static class SensitivityCommand
{
    private sealed record Request(ConversionOptions Options, LayerRuleList Candidates, double? Budget, int Images);

    public static Command Create()
    {
        var network = new NetworkOptions();
        var format = new FormatOptions();
        var data = new DataOptions();
        var images = Options.Integer("--images", "Training images to measure on; the conversion sees others.", 1, 100_000).WithDefault(400);
        var candidates = FormatOptions.Rules(
            "--candidate", "Other formats to try for each layer that PATTERN matches, as in --layer, such as '*=v8' '*=v2'.");
        var budget = new Option<double?>("--budget")
        {
            HelpName = "BITS",
            Description = "Choose a format for each layer: bits of an input after the search, mean by multiply-accumulates. " +
                "Needs --candidate.",
        };
        return CommandRun.Define(
            "sensitivity",
            "Converts each layer alone, without training, and says how far the probabilities of the classes move; " +
            "or chooses formats by layer within a budget.",
            "lutdla sensitivity --weights networks/resnet8-fashion.safetensors --candidate '*=v8' '*=v2' --budget 1",
            [.. network.All, .. format.All, .. data.All, images, candidates, budget],
            run => RunAsync(run, data, network, new(
                ConversionOptions.Fast with { Seed = run.Seed, Quantisation = ConversionTarget.Of(run, format).Format },
                LayerRuleList.Parse(run.Find(candidates) ?? []),
                run.Find(budget), run.Get(images))));
    }

    private static async Task<Outcome> RunAsync(CommandRun run, DataOptions data, NetworkOptions network, Request request)
    {
        if (request.Budget is { } bits && !(bits > 0 && request.Candidates.Any()))
        {
            throw new InvalidInputException(
                "command line", "--budget", $"{bits}", "It must be above 0, and there must be candidates to choose from.",
                "Give --candidate, too.");
        }

        var (train, _) = data.LoadBoth(run);
        using var source = network.Read(run, train);
        train = train.LabelledFor(source, run.Cancellation);
        var measured = await run.Terminal.TrackAsync("sensitivity", track => Task.Run(() => Sensitivity.Measure(
            source, train, request.Options, request.Candidates, request.Images,
            track.As<TrainingProgress>((t, p) => t.Report(p)), run.Cancellation)));
        run.Terminal.Table(Table([.. measured.OrderByDescending(m => m.Divergence)]));
        var chosen = request.Budget is { } budget ? BudgetChoice.Choose(measured, budget) : [];
        if (request.Budget is not null)
            Show(run.Terminal, chosen);
        return new(ExitCode.Success, new
        {
            Network = source.Graph.Architecture, Data = train.Name, request.Images, request.Budget, Measured = measured.Select(Json),
            Chosen = chosen.Select(m => m.Layer.Rule.ToString()), ChosenBits = BudgetChoice.MeanBits(chosen),
        });
    }

    private static Table Table(IReadOnlyList<LayerSensitivity> measured)
    {
        var table = new Table().AddColumns("layer", "format", "MACs", "bits/weight", "bits/input", "error", "divergence", "same class");
        foreach (var column in table.Columns.Skip(2))
            column.RightAligned();
        foreach (var m in measured)
            table.AddRow(
                m.Layer.Name, LayerTable.Format(m.Layer), Figures.Count(m.Layer.MultiplyAccumulates), Number(m.Layer.BitsPerWeight, 2),
                Number(m.Layer.BitsPerActivation, 2), Figures.Percent(m.Layer.RelativeError ?? 0),
                Number(m.Divergence, 5), Figures.Percent(m.Agreement));
        return table;
    }

    private static void Show(Terminal terminal, IReadOnlyList<LayerSensitivity> chosen)
    {
        terminal.Line(
            $"{Number(BudgetChoice.MeanBits(chosen), 3)} bits an input, " +
            $"divergence {Number(chosen.Sum(m => m.Divergence), 5)} if it adds up. For lutdla convert:");
        terminal.Text($"--layer {string.Join(' ', chosen.Select(m => m.Layer.Rule))}\n");
    }

    private static object Json(LayerSensitivity measured) =>
        new { Layer = LayerJson.Of(measured.Layer), measured.Divergence, measured.Agreement };

    private static string Number(double value, int digits) => value.ToString($"N{digits}", CultureInfo.InvariantCulture);
}
