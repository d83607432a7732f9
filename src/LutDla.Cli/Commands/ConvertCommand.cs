using System.CommandLine;
using LutDla.Cli.Output;
using LutDla.Golden;
using LutDla.Hardware;
using LutDla.Training.Conversion;
using LutDla.Training.Optimisation;

namespace LutDla.Cli.Commands;

/// <summary>LUTBoost: turns a float network into integer tables.</summary>
internal static class ConvertCommand
{
    private const string CheckpointSuffix = ".checkpoint";

    private const string LayerHelp =
        "Formats by layer, later ones win, such as linear=exact layer3.*=v8,c32,l1,t4. PATTERN: a layer's name with * and ?. FORMAT: exact or exact,wN (integer weights " +
        "of N bits instead of lookups), lut (lookups), or some of vN, cN, l1|l2|chebyshev, tN as in --vector-length, --centroids, --metric, --table-bits. " +
        "Layers that read the image have v1 unless a rule says otherwise; grouped convolutions are always exact.";

    private enum Preset
    {
        Fast,
        Full,
    }

    private sealed record Request(ConversionOptions Options, string Target);

    public static Command Create()
    {
        var network = new NetworkOptions();
        var length = Options.Integer("--vector-length", "Elements of a sub-vector, v.", 1, 16).WithDefault(4);
        var centroids = Options.Integer("--centroids", "Centroids of a codebook, c.", 2, 256).WithDefault(16);
        var metric = Options.Choice("--metric", "How a sub-vector is compared with a centroid.", Enum.GetValues<DistanceMetric>(), CommonOptions.Spell).WithDefault(DistanceMetric.L2);
        var activationBits = Options.Integer("--activation-bits", "Bits of activations and centroids.", 4, 16).WithDefault(8);
        var tableBits = Options.Integer("--table-bits", "Bits of table entries.", 2, 16).WithDefault(8);
        var weightBits = Options.Integer("--weight-bits", "Bits of the weights of exact layers.", 2, 16).WithDefault(8);
        var layers = new Option<string[]>("--layer") { HelpName = "PATTERN=FORMAT", AllowMultipleArgumentsPerToken = true, Description = LayerHelp };
        var preset = Options.Choice("--preset", "fast has no gradients, full trains through the integer network.", Enum.GetValues<Preset>(), p => p.ToString().ToLowerInvariant()).WithDefault(Preset.Full);
        var visits = Options.OptionalInteger("--visits", "Images that training sees, each as often as need be; left out, what the preset has (full: 240,000).", 0, 1_000_000_000);
        var data = new DataOptions();
        var target = Options.Path("--out", "FILE", "Artefact to write. Stopped by Ctrl-C, training is kept beside it and goes on when started again.");
        return CommandRun.Define(
            "convert",
            "LUTBoost: converts a float network to centroid search and table lookup, and says what it cost in accuracy on the test images.",
            "lutdla convert --weights networks/resnet8-fashion.safetensors --metric l1 --preset full --out resnet8-l1.safetensors",
            [.. network.All, length, centroids, metric, activationBits, tableBits, weightBits, layers, preset, visits, .. data.All, target],
            run => RunAsync(run, data, network, new(
                WithVisits(Of(run.Get(preset)), run.Find(visits)) with
                {
                    Seed = run.Seed,
                    Quantisation = new()
                    {
                        VectorLength = run.Get(length), CentroidCount = run.Get(centroids), Metric = run.Get(metric),
                        ActivationBits = run.Get(activationBits), TableBits = run.Get(tableBits), WeightBits = run.Get(weightBits),
                        Layers = LayerRuleList.Parse(run.Find(layers) ?? []),
                    },
                },
                run.GetOutput(target))));
    }

    private static async Task<Outcome> RunAsync(CommandRun run, DataOptions data, NetworkOptions network, Request request)
    {
        var (train, test) = data.LoadBoth(run);
        using var source = network.Read(run, train);
        var options = request.Options with { CheckpointPath = request.Target + CheckpointSuffix };
        var result = await run.Terminal.TrackAsync("convert", track => Task.Run(
            () => LutBoost.Convert(source, train, options, track.As<TrainingProgress>((t, p) => t.Report(p)), run.Cancellation)));

        var before = source.Accuracy(test, run.Cancellation);
        var after = (double)new GoldenEngine(result.Network).CountCorrect(test.Images, test.Labels) / test.Count;
        ArtefactFile.Write(request.Target, result.Network);
        File.Delete(options.CheckpointPath);
        run.Terminal.Table(LayerTable.Of(result.Layers));
        run.Terminal.Line(
            $"{request.Target}: float {Figures.Percent(before)}, converted {Figures.Percent(after)} of {Figures.Count(test.Count)} test images, " +
            $"{100 * (before - after):F2} points lost.");
        return new(ExitCode.Success, new
        {
            Network = result.Network.Name, Data = train.Name, TestImages = test.Count, FloatAccuracy = before, Accuracy = after,
            PointsLost = 100 * (before - after), Layers = result.Layers.Select(Json), Totals = LayerTotals.Of(result.Layers), File = Path.GetFullPath(request.Target),
        });
    }

    private static ConversionOptions WithVisits(ConversionOptions options, int? visits) =>
        visits is { } count ? options with { FineTuning = options.FineTuning with { TableVisits = count } } : options;

    private static ConversionOptions Of(Preset preset) => preset switch
    {
        Preset.Fast => ConversionOptions.Fast,
        Preset.Full => ConversionOptions.Full,
        _ => throw new InvalidOperationException($"The preset {preset} is not known."),
    };

    // A layer's format in words that other tools need not take apart.
    private static object Json(LayerReport layer) => new
    {
        layer.Name, Kind = layer.Exact is null ? "lut" : "exact", layer.Exact, layer.Rule.VectorLength, layer.Rule.CentroidCount, layer.Rule.Metric,
        layer.Rule.TableBits, layer.Rule.WeightBits, layer.Subspaces, layer.Weights, layer.MultiplyAccumulates, layer.Lookups, layer.StoredBits,
        layer.BitsPerWeight, layer.BitsPerActivation, layer.RelativeError, Rule = layer.Rule.ToString(),
    };
}
