using System.CommandLine;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Golden.Artefact;
using LutDla.Golden.Fast;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Training.Conversion;
using LutDla.Training.FineTuning;
using LutDla.Training.Optimisation;
using LutDla.Training.Recipe;

namespace LutDla.Cli.Commands;

/// <summary>LUTBoost: turns a float network into integer tables.</summary>
internal static class ConvertCommand
{
    private enum Preset
    {
        Fast,
        Full,
        Deep,
    }

    /// <param name="Trace">A picture to draw, and what to measure for it; or nothing.</param>
    private sealed record Request(ConversionOptions Options, string Target, (string Path, TrainingTrace Training)? Trace);

    public static Command Create()
    {
        var network = new NetworkOptions();
        var format = new FormatOptions();
        var preset = Options.Choice(
            "--preset",
            "fast has no gradients, full trains through the integer network, deep does so for networks of many layers; networks of tokens have one recipe for both.",
            Enum.GetValues<Preset>(), p => p.ToString().ToLowerInvariant()).WithDefault(Preset.Full);
        var visits = Options.OptionalInteger(
            "--visits",
            "Images, or sequences, that training sees, each as often as need be; left out, what the preset has (full: 240,000; deep: 480,000; sequences and " +
            "labelled texts: 40,000).",
            0, 1_000_000_000);
        var labels = Options.Integer(
            "--labels", "Percent of the training loss on logits that go by the labels; left out, none: the float network is the only teacher.", 0, 100).WithDefault(0);
        var settings = new Option<string[]>("--set")
        {
            HelpName = "KEY=VALUE", AllowMultipleArgumentsPerToken = true,
            Description = $"Numbers of the preset's recipe to change, such as learning_rate=4e-3 refit.grouping_images=0; what a network or preset has no use for changes nothing. KEY: {string.Join(", ", RecipeSetting.Keys)}.",
        };
        var data = new DataOptions(hasTest: true);
        var sequences = new SequenceOptions();
        var target = Options.Path("--out", "FILE", "Artefact to write. Stopped by Ctrl-C, training is kept beside it and goes on when started again.");
        var trace = new Option<string?>("--trace")
        {
            HelpName = "FILE.svg", Description = "Draw loss and accuracy over training, and add them to --json. The result stays the same.",
        };
        var traceImages = Options.Integer("--trace-images", "Training images that --trace measures on.", 1, 100_000).WithDefault(1000);
        var traceSteps = Options.Integer("--trace-steps", "Training steps between two measurements of --trace.", 1, 1_000_000).WithDefault(250);
        return CommandRun.Define(
            "convert",
            "LUTBoost: converts a float network to centroid search and table lookup, and says what it cost in accuracy on the test images.",
            "lutdla convert --weights networks/resnet8-fashion.safetensors --metric l1 --preset full --out resnet8-l1.safetensors",
            [.. network.All, .. format.All, preset, visits, labels, settings, .. data.All, .. sequences.All, target, trace, traceImages, traceSteps],
            run => sequences.AreGiven(run)
                ? RunAsync(run, sequences, network, labelled => GetRequest(run, Tokens(run.Get(preset), labelled)))
                : RunAsync(run, data, network, GetRequest(run, Of(run.Get(preset)))));

        Request GetRequest(CommandRun run, ConversionOptions options) =>
            new(
                RecipeSetting.Apply(WithTraining(options, run.Find(visits), run.Get(labels)), run.Find(settings) ?? []) with
                {
                    Seed = run.Seed, Quantisation = format.Get(run),
                },
                run.GetOutput(target),
                run.FindOutput(trace) is { } path ? (path, new TrainingTrace(run.Get(traceImages), run.Get(traceSteps))) : null);
    }

    private static async Task<Outcome> RunAsync(CommandRun run, DataOptions data, NetworkOptions network, Request request)
    {
        var (train, test) = data.LoadBoth(run);
        using var source = network.Read(run, train);
        (train, test) = (train.LabelledFor(source, run.Cancellation), test.LabelledFor(source, run.Cancellation));
        if (!train.IsLabelled && request.Options.FineTuning.LabelShare > 0)
            throw new InvalidInputException("command line", "--labels", train.Name, "The examples have no labels.", "Leave --labels out, or give labels.");
        var result = await ConvertAsync(run, source, train, request);
        var before = source.Accuracy(test, run.Cancellation);
        var engine = new GoldenEngine(result.Network);
        var after = (double)engine.CountCorrect(test.Images, test.Labels) / test.Count;
        Keep(request, result);
        if (request.Trace is var (path, training))
            TraceFile.Write(path, result.Network.Name, training);
        Show(run, request, result);
        run.Terminal.Line(test.IsLabelled
            ? $"{request.Target}: float {Figures.Percent(before)}, converted {Figures.Percent(after)} of {Figures.Count(test.Count)} test images, " +
              $"{100 * (before - after):F2} points lost."
            : $"{request.Target}: of {Figures.Count(test.Count)} test examples without labels {Figures.Percent(after)} get the class " +
              "that the float network gives.");
        AccuracyRemarks.Show(run.Terminal, test, engine.OutputLength);
        return new(ExitCode.Success, new
        {
            Network = result.Network.Name, Data = train.Name, TestImages = test.Count, test.IsLabelled,
            FloatAccuracy = Labelled(before), Accuracy = Labelled(after), PointsLost = Labelled(100 * (before - after)),
            Agreement = test.IsLabelled ? null : (double?)after, result.EqualLogits, ErrorsMeasuredOn = result.MeasuredOn,
            Training = request.Trace?.Training,
            Layers = result.Layers.Select(LayerJson.Of), Totals = LayerTotals.Of(result.Layers), File = Path.GetFullPath(request.Target),
        });

        double? Labelled(double figure) => test.IsLabelled ? figure : null;
    }

    private static async Task<Outcome> RunAsync(CommandRun run, SequenceOptions sequences, NetworkOptions network, Func<bool, Request> getRequest)
    {
        using var source = network.ReadTokens(run);
        var input = source.Graph.Tokens ?? throw new InvalidOperationException("A network of tokens says what it takes.");
        var (train, test) = (
            sequences.Read(run, DatasetPart.Train, input.Vocabulary, input.Positions), sequences.Read(run, DatasetPart.Test, input.Vocabulary, input.Positions));
        var request = getRequest(!train.Labels.IsEmpty);
        var result = await ConvertAsync(run, source, train, request);
        var before = TokenScore.Of(source, test, run.Cancellation);
        var after = await run.Terminal.TrackAsync("measure", track => Task.Run(
            () => TokenScore.Of(result.Network, test, done => track.Report(done, test.Count), run.Cancellation)));
        Keep(request, result);
        Show(run, request, result);
        run.Terminal.Line($"{request.Target}: {TokenFigures.Compared(test, before, after)}");
        return new(ExitCode.Success, new
        {
            Network = result.Network.Name, Data = train.Name, TestSequences = test.Count, Float = before, Converted = after, result.EqualLogits,
            ErrorsMeasuredOn = result.MeasuredOn,
            Layers = result.Layers.Select(LayerJson.Of), Totals = LayerTotals.Of(result.Layers), File = Path.GetFullPath(request.Target),
        });
    }

    private static Task<ConversionResult> ConvertAsync(CommandRun run, FloatNetwork source, IExamples train, Request request) =>
        run.Terminal.TrackAsync("convert", track => Task.Run(() => LutBoost.Convert(
            source, train, request.Options with { CheckpointPath = OutputFile.Checkpoint(request.Target) }, request.Trace?.Training,
            track.As<TrainingProgress>((t, p) => t.Report(p)), run.Cancellation)));

    private static void Keep(Request request, ConversionResult result)
    {
        ArtefactFile.Write(request.Target, result.Network);
        // Without training, a checkpoint there is another run's.
        if (request.Options.FineTuning != FineTuningOptions.None && OutputFile.Checkpoint(request.Target) is { } checkpoint) File.Delete(checkpoint);
    }

    private static void Show(CommandRun run, Request request, ConversionResult result)
    {
        run.Terminal.Table(LayerTable.Of(result.Layers));
        if (result.MeasuredOn is { } measured)
            run.Terminal.Line(LayerTable.Measured(measured));
        var converted = request.Options.FineTuning == FineTuningOptions.None ? "network as converted, without training" : "trained network";
        run.Terminal.Line($"golden model = {converted}: all {Figures.Count(result.EqualLogits)} logits compared are equal.");
    }

    private static ConversionOptions WithTraining(ConversionOptions options, int? visits, int percentByLabels)
    {
        var tuning = options.FineTuning;
        return options with { FineTuning = tuning with { TableVisits = visits ?? tuning.TableVisits, LabelShare = percentByLabels / 100.0 } };
    }

    private static ConversionOptions Tokens(Preset preset, bool labelled)
    {
        var options = labelled ? ConversionOptions.Texts : ConversionOptions.Tokens;
        return preset == Preset.Fast ? options with { FineTuning = FineTuningOptions.None } : options;
    }

    private static ConversionOptions Of(Preset preset) => preset switch
    {
        Preset.Fast => ConversionOptions.Fast,
        Preset.Full => ConversionOptions.Full,
        Preset.Deep => ConversionOptions.Deep,
        _ => throw new InvalidOperationException($"The preset {preset} is not known."),
    };
}
