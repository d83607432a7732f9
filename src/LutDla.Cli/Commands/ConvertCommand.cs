using System.CommandLine;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Golden.Artefact;
using LutDla.Golden.Fast;
using LutDla.Golden.Model;
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
    /// <param name="Trace">A picture to draw, and what to measure for it; or nothing.</param>
    private sealed record Request(
        ConversionTarget Design, ConversionOptions Options, string Target, DataOrigin? Data, (string Path, TrainingTrace Training)? Trace)
    {
        public bool Trains => Options.FineTuning.CountSteps() > 0;
    }

    public static Command Create()
    {
        var (network, format, recipe) = (new NetworkOptions(), new FormatOptions(), new RecipeOptions());
        var data = new DataOptions(hasTest: true);
        var target = Options.Path(
            "--out", PathUse.IsWrittenResumably, "FILE",
            "Artefact to write. Stopped by Ctrl-C, training is kept beside it and goes on when started again.");
        var trace = new PathOption<string?>("--trace", PathUse.IsWritten)
        {
            HelpName = "FILE.svg", Description = "Draw loss and accuracy over training, and add them to --json. The result stays the same.",
        };
        var traceImages = Options.Integer("--trace-images", "Training images that --trace measures on.", 1, 100_000).WithDefault(1000);
        var traceSteps = Options
            .Integer("--trace-steps", "Training steps between two measurements of --trace.", 1, 1_000_000).WithDefault(250);
        Options.Require(traceImages, trace);
        Options.Require(traceSteps, trace);
        var sequences = new SequenceOptions([.. data.All, .. network.OfImages, trace]);
        return CommandRun.Define(
            "convert",
            "LUTBoost: converts a float network to centroid search and table lookup, and says what it cost in accuracy on the test images.",
            "lutdla convert --weights networks/resnet8-fashion.safetensors --config configs/edge.json --out resnet8-edge.safetensors " +
            "--json convert.json",
            [.. network.All, .. format.All, .. recipe.All, .. data.All, .. sequences.All, target, trace, traceImages, traceSteps],
            run => sequences.AreGiven(run)
                ? RunAsync(
                    run, sequences, network, isLabelled => GetRequest(run, recipe.OfSequences(run, isLabelled), sequences.Origin(run)))
                : RunAsync(run, data, network, GetRequest(run, recipe.OfImages(run), data.Origin(run))));

        Request GetRequest(CommandRun run, ConversionOptions options, DataOrigin? origin)
        {
            var design = ConversionTarget.Of(run, format);
            return new(
                design, options with { Quantisation = design.Format }, run.GetOutput(target), origin,
                run.FindOutput(trace) is { } path
                    ? (TraceFile.CheckName(trace.Name, path), new TrainingTrace(run.Get(traceImages), run.Get(traceSteps)))
                    : null);
        }
    }

    private static async Task<Outcome> RunAsync(CommandRun run, DataOptions data, NetworkOptions network, Request request)
    {
        var (train, test) = data.LoadBoth(run);
        using var source = network.Read(run, train);
        (train, test) = (train.LabelledFor(source, run.Cancellation), test.LabelledFor(source, run.Cancellation));
        if (!train.IsLabelled && request.Options.FineTuning.LabelShare > 0)
        {
            throw new InvalidInputException(
                "command line", "--labels", train.Name, "The examples have no labels.", "Leave --labels out, or give labels.");
        }

        var result = await ConvertAsync(run, network, source, train, request);
        var before = source.Accuracy(test, run.Cancellation);
        var engine = new GoldenEngine(result.Network);
        var after = (double)engine.CountCorrect(test.Images, test.Labels) / test.Count;
        Keep(request, result);
        if (request.Trace is var (path, training))
            TraceFile.Write(path, result.Network.Name, training);
        Show(run, request, result);
        run.Terminal.Line(test.IsLabelled
            ? $"{request.Target}: float {Figures.Percent(before)}, converted {Figures.Percent(after)} of " +
              $"{Figures.Count(test.Count, "test image")}, {100 * (before - after):F2} points lost."
            : $"{request.Target}: of {Figures.Count(test.Count, "test example")} without labels {Figures.Percent(after)} get the class " +
              "that the float network gives.");
        AccuracyRemarks.Show(run.Terminal, test, engine.OutputLength);
        return End(run, request, result, fits => new
        {
            Network = result.Network.Name, Data = train.Name, TestImages = test.Count, test.IsLabelled,
            FloatAccuracy = Labelled(before), Accuracy = Labelled(after), PointsLost = Labelled(100 * (before - after)),
            Agreement = test.IsLabelled ? null : (double?)after, result.EqualLogits, ErrorsMeasuredOn = result.MeasuredOn,
            Training = request.Trace?.Training, Design = request.Design.Core?.Name, FitsDesign = fits,
            Layers = result.Layers.Select(LayerJson.Of), Totals = LayerTotals.Of(result.Layers), File = Path.GetFullPath(request.Target),
        });

        double? Labelled(double figure) => test.IsLabelled ? figure : null;
    }

    private static async Task<Outcome> RunAsync(
        CommandRun run, SequenceOptions sequences, NetworkOptions network, Func<bool, Request> getRequest)
    {
        using var source = network.ReadTokens(run);
        var input = source.Graph.Tokens ?? throw new InvalidOperationException("A network of tokens says what it takes.");
        var train = sequences.Read(run, DatasetPart.Train, input.Vocabulary, input.Positions);
        var test = sequences.Read(run, DatasetPart.Test, input.Vocabulary, input.Positions);
        var request = getRequest(!train.Labels.IsEmpty);
        var result = await ConvertAsync(run, network, source, train, request);
        var before = TokenScore.Of(source, test, run.Cancellation);
        var after = await run.Terminal.TrackAsync("measure", track => Task.Run(
            () => TokenScore.Of(result.Network, test, done => track.Report(done, test.Count), cancellation: run.Cancellation)));
        Keep(request, result);
        Show(run, request, result);
        run.Terminal.Line($"{request.Target}: {TokenFigures.Comparison(test, before, after)}");
        return End(run, request, result, fits => new
        {
            Network = result.Network.Name, Data = train.Name, TestSequences = test.Count, Float = before, Converted = after,
            result.EqualLogits, ErrorsMeasuredOn = result.MeasuredOn, Design = request.Design.Core?.Name, FitsDesign = fits,
            Layers = result.Layers.Select(LayerJson.Of), Totals = LayerTotals.Of(result.Layers), File = Path.GetFullPath(request.Target),
        });
    }

    private static async Task<ConversionResult> ConvertAsync(
        CommandRun run, NetworkOptions network, FloatNetwork source, IExamples train, Request request)
    {
        LutBoost.Check(source.Graph, train, request.Options, request.Trace?.Training);
        request.Design.Announce(run.Terminal, network.Path(run), source.Graph);
        var tuning = request.Options.FineTuning;
        var few = tuning.Visits > 0 ? $" ({tuning.Visits} of --visits fill no step of {tuning.BatchImages})" : "";
        run.Terminal.Line(request.Trains
            ? $"Training sees {Figures.Count(tuning.CountSteps() * tuning.BatchImages)} examples, {tuning.BatchImages} a step; " +
              "how long it takes is told when its first steps are measured."
            : $"Layer by layer, without training{few}; how long it takes is told when the first layer is measured.");
        var options = request.Options with { CheckpointPath = OutputFile.Checkpoint(request.Target) };
        var result = await run.Terminal.TrackAsync("convert", track => Task.Run(() => LutBoost.Convert(
            source, train, options, request.Trace?.Training, track.As<TrainingProgress>((t, p) => t.Report(p)), run.Cancellation)));
        return result with { Network = result.Network with { Data = request.Data } };
    }

    private static void Keep(Request request, ConversionResult result)
    {
        ArtefactFile.Write(request.Target, result.Network);
        // Without training, a checkpoint there is another run's.
        if (request.Trains && OutputFile.Checkpoint(request.Target) is { } checkpoint) File.Delete(checkpoint);
    }

    private static void Show(CommandRun run, Request request, ConversionResult result)
    {
        run.Terminal.Table(LayerTable.Of(result.Layers));
        if (result.MeasuredOn is { } measured)
            run.Terminal.Line(LayerTable.ErrorNote(measured));
        var converted = request.Trains ? "trained network" : "network as converted, without training";
        run.Terminal.Line($"golden model = {converted}: all {Figures.Count(result.EqualLogits)} logits compared are equal.");
    }

    private static Outcome End(CommandRun run, Request request, ConversionResult result, Func<bool?, object> json)
    {
        var fits = request.Design.Check(run.Terminal, request.Target, result.Network);
        return new(fits ? ExitCode.Success : ExitCode.Mismatch, json(request.Design.Core is null ? null : fits));
    }
}
