using System.CommandLine;
using System.Diagnostics;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Golden.Artefact;
using LutDla.Golden.Fast;
using LutDla.Golden.Reference;
using LutDla.Networks.Data;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>What a converted network says of examples, by the golden model, and how often it is right.</summary>
internal static class InferCommand
{
    private const int ChunkImages = 500;

    /// <summary>The square of it is what the table of confusions has.</summary>
    private const int MaximumClasses = 4096;

    private sealed record Request(string Network, int Images, int Threads, bool ShowsConfusion, string? Target);

    public static Command Create()
    {
        var network = CommonOptions.Artefact();
        var data = new DataOptions(isRemembered: true);
        var images = Options.Integer("--images", "Test images, or sequences, from the first one on.", 1, 1_000_000).WithDefault(1_000_000);
        var threads = Options.Integer("--threads", "Images in work at once; 0 is one a processor.", 0, 1024).WithDefault(0);
        var confusion = new Option<bool>("--confusion") { Description = "Also show how often each class was taken for which." };
        var sequences = new SequenceOptions([.. data.All, threads, confusion]);
        var target = new PathOption<string?>("--out", PathUse.IsWritten)
        {
            HelpName = "FILE",
            Description = "Also write the prediction and the scores of each example: .csv, or .jsonl for a JSON object a line.",
        };
        return CommandRun.Define(
            "infer",
            "Runs the golden model, exact integers, over the test images: accuracy and images a second; predictions and scores with --out.",
            "lutdla infer --network resnet8-edge.safetensors --out predictions.csv",
            [network, .. data.All, .. sequences.All, images, threads, confusion, target],
            run =>
            {
                var path = run.FindOutput(target);
                if (path is not null)
                    PredictionFile.CheckName(target.Name, path);
                return sequences.AreGiven(run)
                    ? SequenceInference.RunAsync(run, run.Get(network), sequences, run.Get(images), path)
                    : RunAsync(run, data, new(run.Get(network), run.Get(images), run.Get(threads), run.Get(confusion), path));
            });
    }

    private static async Task<Outcome> RunAsync(CommandRun run, DataOptions options, Request request)
    {
        var network = ArtefactFile.Read(request.Network);
        var data = options.LoadFor(run, request.Network, network).Take(request.Images);
        if (!data.IsLabelled && (request.Target is null || request.ShowsConfusion))
        {
            throw new InvalidInputException(
                data.Name, "labels", "missing", "Accuracy and confusions need labels.",
                "Give labelled examples, or --out FILE for predictions alone.");
        }

        var engine = new GoldenEngine(network, request.Threads);
        if (engine.OutputLength > MaximumClasses)
        {
            throw new InvalidInputException(
                request.Network, "result", $"{engine.OutputLength} values", $"A network that classifies has at most {MaximumClasses}.",
                "Give a classifier.");
        }

        var clock = Stopwatch.StartNew();
        var classes = await run.Terminal.TrackAsync("infer", track => Task.Run(() => Classify(
            engine, data, request.Target, network.ResultScale ?? 1, track, run.Cancellation)));
        var seconds = clock.Elapsed.TotalSeconds;

        var correct = classes.Index().Count(c => c.Item == data.Labels[c.Index]);
        var confusion = data.IsLabelled ? Confusion(data, classes, Math.Max(data.Classes, Decision.ClassCount(engine.OutputLength))) : null;
        if (request.ShowsConfusion && confusion is not null)
            Show(run, confusion);
        var result = data.IsLabelled ? $"{Figures.Percent((double)correct / data.Count)} of" : "predictions for";
        run.Terminal.Line(
            $"{network.Name}: {result} {Figures.Count(data.Count, "image")}, {Figures.Count((long)(data.Count / seconds))} images/s.");
        if (data.IsLabelled)
            AccuracyRemarks.Show(run.Terminal, data, engine.OutputLength);
        return new(ExitCode.Success, new
        {
            Network = network.Name, Data = data.Name, Images = data.Count, Correct = data.IsLabelled ? (int?)correct : null,
            Accuracy = data.IsLabelled ? (double?)correct / data.Count : null, Seconds = seconds, ImagesPerSecond = data.Count / seconds,
            Confusion = confusion, Predictions = request.Target is { } target ? Path.GetFullPath(target) : null,
        });
    }

    private static int[] Classify(
        GoldenEngine engine, Dataset data, string? target, double scale, Track track, CancellationToken cancellation)
    {
        if (target is null) return Classify(engine, data, file: null, scale, track, cancellation);
        string[] columns = data.IsLabelled ? ["example", "label", "prediction"] : ["example", "prediction"];
        return PredictionFile.Write(
            target, columns, engine.OutputLength, "score", file => Classify(engine, data, file, scale, track, cancellation));
    }

    private static int[] Classify(
        GoldenEngine engine, Dataset data, PredictionFile? file, double scale, Track track, CancellationToken cancellation)
    {
        var (classes, codes, scores) = (new int[data.Count], new int[ChunkImages * engine.OutputLength], new double[engine.OutputLength]);
        for (var first = 0; first < data.Count; first += ChunkImages)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(ChunkImages, data.Count - first);
            var images = data.Images.AsSpan(first * data.ImageBytes, count * data.ImageBytes);
            engine.Infer(images, count, codes.AsSpan(0, count * engine.OutputLength));
            for (var i = 0; i < count; i++)
            {
                var found = codes.AsSpan(i * engine.OutputLength, engine.OutputLength);
                classes[first + i] = Decision.Of(found);
                if (file is null) continue;
                for (var n = 0; n < scores.Length; n++) scores[n] = found[n] * scale;
                long[] values = data.IsLabelled ? [first + i, data.Labels[first + i], classes[first + i]] : [first + i, classes[first + i]];
                file.Add(values, scores);
            }

            track.Report(first + count, data.Count);
        }

        return classes;
    }

    // [label][class found]
    private static int[][] Confusion(Dataset data, int[] classes, int count)
    {
        int[][] table = [.. Enumerable.Range(0, count).Select(_ => new int[count])];
        foreach (var (image, found) in classes.Index())
            table[data.Labels[image]][found]++;
        return table;
    }

    private static void Show(CommandRun run, int[][] confusion)
    {
        var table = new Table().AddColumns(["label", .. Enumerable.Range(0, confusion.Length).Select(c => $"{c}")]);
        foreach (var (label, row) in confusion.Index())
            table.AddRow([$"{label}", .. row.Select(n => $"{n}")]);
        run.Terminal.Table(table);
    }
}
