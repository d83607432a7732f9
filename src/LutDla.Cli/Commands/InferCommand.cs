using System.CommandLine;
using System.Diagnostics;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Golden.Artefact;
using LutDla.Golden.Fast;
using LutDla.Golden.Reference;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>Accuracy of a converted network by the golden model.</summary>
internal static class InferCommand
{
    private const int ChunkImages = 500;

    /// <summary>The square of it is what the table of confusions has.</summary>
    private const int MaximumClasses = 4096;

    public static Command Create()
    {
        var network = CommonOptions.Artefact();
        var data = new DataOptions();
        var sequences = new SequenceOptions();
        var images = Options.Integer("--images", "Test images, or sequences, from the first one on.", 1, 1_000_000).WithDefault(1_000_000);
        var threads = Options.Integer("--threads", "Images in work at once; 0 is one a processor.", 0, 1024).WithDefault(0);
        var confusion = new Option<bool>("--confusion") { Description = "Also show how often each class was taken for which." };
        return CommandRun.Define(
            "infer",
            "Runs the golden model, exact integers, over the test images: accuracy and images a second.",
            "lutdla infer --network networks/lenet5-l1.safetensors --data fashion-mnist",
            [network, .. data.All, .. sequences.All, images, threads, confusion],
            run => sequences.AreGiven(run)
                ? RunAsync(run, run.Get(network), sequences, run.Get(images))
                : RunAsync(run, run.Get(network), data, run.Get(images), run.Get(threads), run.Get(confusion)));
    }

    private static async Task<Outcome> RunAsync(CommandRun run, string file, DataOptions options, int images, int threads, bool showsConfusion)
    {
        var network = ArtefactFile.Read(file);
        var data = options.LoadFor(run, file, network).Take(images);
        if (!data.IsLabelled)
            throw new InvalidInputException(data.Name, "labels", "missing", "Accuracy needs labels.", "Give labelled examples.");
        var engine = new GoldenEngine(network, threads);
        if (engine.OutputLength > MaximumClasses)
        {
            throw new InvalidInputException(
                file, "result", $"{engine.OutputLength} values", $"A network that classifies has at most {MaximumClasses}.",
                "Give a classifier.");
        }

        var classes = new int[data.Count];
        var clock = Stopwatch.StartNew();
        await run.Terminal.TrackAsync("infer", track => Task.Run(() => Classify(engine, data, classes, track, run.Cancellation)));
        var seconds = clock.Elapsed.TotalSeconds;

        var correct = classes.Index().Count(c => c.Item == data.Labels[c.Index]);
        var confusion = Confusion(data, classes, Math.Max(data.Classes, Decision.ClassCount(engine.OutputLength)));
        if (showsConfusion)
            Show(run, confusion);
        run.Terminal.Line(
            $"{network.Name}: {Figures.Percent((double)correct / data.Count)} of {Figures.Count(data.Count)} images, " +
            $"{Figures.Count((long)(data.Count / seconds))} images/s.");
        AccuracyRemarks.Show(run.Terminal, data, engine.OutputLength);
        return new(ExitCode.Success, new
        {
            Network = network.Name, Data = data.Name, Images = data.Count, Correct = correct, Accuracy = (double)correct / data.Count,
            Seconds = seconds, ImagesPerSecond = data.Count / seconds, Confusion = confusion,
        });
    }

    private static async Task<Outcome> RunAsync(CommandRun run, string file, SequenceOptions sequences, int count)
    {
        var network = ArtefactFile.Read(file);
        var data = sequences.ReadFor(run, DatasetPart.Test, network).Take(count);
        var clock = Stopwatch.StartNew();
        var score = await run.Terminal.TrackAsync("infer", track => Task.Run(
            () => TokenScore.Of(network, data, done => track.Report(done, data.Count), run.Cancellation)));
        var seconds = clock.Elapsed.TotalSeconds;
        run.Terminal.Line($"{network.Name}: {TokenFigures.One(data, score)}");
        return new(ExitCode.Success, new
        {
            Network = network.Name, Data = data.Name, Sequences = data.Count, Score = score, Seconds = seconds, TokensPerSecond = data.Tokens.Length / seconds,
        });
    }

    private static bool Classify(GoldenEngine engine, Dataset data, int[] classes, Track track, CancellationToken cancellation)
    {
        for (var first = 0; first < data.Count; first += ChunkImages)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(ChunkImages, data.Count - first);
            engine.Classify(data.Images.AsSpan(first * data.ImageBytes, count * data.ImageBytes), count, classes.AsSpan(first, count));
            track.Report(first + count, data.Count);
        }

        return true;
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
