using System.Collections.Immutable;
using System.CommandLine;
using LutDla.Cli.Output;
using LutDla.Golden;
using LutDla.Hardware;
using LutDla.Training.Conversion;
using LutDla.Training.Networks;
using LutDla.Training.Onnx;
using LutDla.Training.Optimisation;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>LUTBoost: turns a float network into integer tables.</summary>
internal static class ConvertCommand
{
    private const string CheckpointSuffix = ".checkpoint";

    private enum Preset
    {
        Fast,
        Full,
    }

    private sealed record Request(string Weights, ImmutableArray<float> Mean, ImmutableArray<float> Deviation, ConversionOptions Options, string Target);

    public static Command Create()
    {
        var weights = Options.Path("--weights", "FILE", "Float network, as lutdla train writes it, or an image classifier as ONNX (.onnx).");
        var mean = Numbers("--mean", "For ONNX: subtracted from byte / 255, a number for each channel; left out: 0.");
        var deviation = Numbers("--deviation", "For ONNX: what is left is divided by it, a number for each channel; left out: 1.");
        var length = Options.Integer("--vector-length", "Elements of a sub-vector, v.", 1, 16).WithDefault(4);
        var centroids = Options.Integer("--centroids", "Centroids of a codebook, c.", 2, 256).WithDefault(16);
        var metric = Options.Choice("--metric", "How a sub-vector is compared with a centroid.", Enum.GetValues<DistanceMetric>(), CommonOptions.Spell).WithDefault(DistanceMetric.L2);
        var activationBits = Options.Integer("--activation-bits", "Bits of activations and centroids.", 4, 16).WithDefault(8);
        var tableBits = Options.Integer("--table-bits", "Bits of table entries.", 2, 16).WithDefault(8);
        var preset = Options.Choice("--preset", "fast has no gradients, full trains through the integer network.", Enum.GetValues<Preset>(), p => p.ToString().ToLowerInvariant()).WithDefault(Preset.Full);
        var data = new DataOptions();
        var target = Options.Path("--out", "FILE", "Artefact to write. Stopped by Ctrl-C, training is kept beside it and goes on when started again.");
        return CommandRun.Define(
            "convert",
            "LUTBoost: converts a float network to centroid search and table lookup, and says what it cost in accuracy on the test images.",
            "lutdla convert --weights networks/resnet8-fashion.safetensors --metric l1 --preset full --out resnet8-l1.safetensors",
            [weights, mean, deviation, length, centroids, metric, activationBits, tableBits, preset, .. data.All, target],
            run => RunAsync(run, data, new(
                run.Get(weights),
                [.. run.Find(mean) ?? []],
                [.. run.Find(deviation) ?? []],
                Of(run.Get(preset)) with
                {
                    Seed = run.Seed,
                    Quantisation = new()
                    {
                        VectorLength = run.Get(length), CentroidCount = run.Get(centroids), Metric = run.Get(metric),
                        ActivationBits = run.Get(activationBits), TableBits = run.Get(tableBits),
                    },
                },
                run.GetOutput(target))));
    }

    private static async Task<Outcome> RunAsync(CommandRun run, DataOptions data, Request request)
    {
        using var source = Source(request);
        var (train, test) = data.LoadBoth(run);
        var options = request.Options with { CheckpointPath = request.Target + CheckpointSuffix };
        var result = await run.Terminal.TrackAsync("convert", track => Task.Run(
            () => LutBoost.Convert(source, train, options, track.As<TrainingProgress>((t, p) => t.Report(p)), run.Cancellation)));

        var before = source.Accuracy(test, run.Cancellation);
        var after = (double)new GoldenEngine(result.Network).CountCorrect(test.Images, test.Labels) / test.Count;
        ArtefactFile.Write(request.Target, result.Network);
        File.Delete(options.CheckpointPath);
        Show(run, result);
        run.Terminal.Line(
            $"{request.Target}: float {Figures.Percent(before)}, converted {Figures.Percent(after)} of {Figures.Count(test.Count)} test images, " +
            $"{100 * (before - after):F2} points lost.");
        return new(ExitCode.Success, new
        {
            Network = result.Network.Name, Data = train.Name, TestImages = test.Count, FloatAccuracy = before, Accuracy = after,
            PointsLost = 100 * (before - after), result.Layers, File = Path.GetFullPath(request.Target),
        });
    }

    private static Option<float[]> Numbers(string name, string description) =>
        new(name) { HelpName = "NUMBER", AllowMultipleArgumentsPerToken = true, Description = description };

    private static FloatNetwork Source(Request request)
    {
        if (Path.GetExtension(request.Weights).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
            return OnnxNetwork.Read(request.Weights, request.Mean, request.Deviation);
        if (request.Mean.IsEmpty && request.Deviation.IsEmpty)
            return FloatNetworkFile.Read(request.Weights);
        throw new InvalidInputException(
            "command line", "--mean, --deviation", request.Weights, "These are for ONNX files; other networks know what they see.", "Leave them out.");
    }

    private static ConversionOptions Of(Preset preset) => preset switch
    {
        Preset.Fast => ConversionOptions.Fast,
        Preset.Full => ConversionOptions.Full,
        _ => throw new InvalidOperationException($"The preset {preset} is not known."),
    };

    private static void Show(CommandRun run, ConversionResult result)
    {
        if (result.Layers.Count == 0)
            return; // taken up from a checkpoint: these were shown when it began
        var table = new Table().AddColumns("layer", "subspaces", "v", "outputs", "error before training");
        foreach (var l in result.Layers)
            table.AddRow(l.Name, $"{l.Subspaces}", $"{l.VectorLength}", $"{l.OutputChannels}", Figures.Percent(l.RelativeError));
        run.Terminal.Table(table);
    }
}
