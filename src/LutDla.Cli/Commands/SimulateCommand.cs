using System.CommandLine;
using LutDla.Cli.Output;
using LutDla.Golden.Artefact;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>Runs every LUT layer of a network through the RTL on real images and compares every transfer with the golden model.</summary>
internal static class SimulateCommand
{
    private sealed record Request(
        string Network, string Config, DistanceMetric? Metric, int Images, ulong StallSeed, string? Junit, string? Trace)
    {
        public bool IsStalled => StallSeed != 0;
    }

    public static Command Create()
    {
        var network = CommonOptions.Artefact();
        var config = CommonOptions.Config();
        var metric = Options.OptionalChoice(
            "--metric", "Takes the place of similarity.metric of the configuration.",
            Enum.GetValues<DistanceMetric>(), CommonOptions.Spell);
        var images = Options.Integer("--images", "Test images, or sequences, from the first one on.", 1, 10_000).WithDefault(4);
        var data = new DataOptions(isRemembered: true);
        var sequences = new SequenceOptions(data.All);
        var stalls = Options
            .Integer(
                "--stalls", "Seed of random stalls on every stream; 0 has none, and cycles must then equal the schedule.",
                0, int.MaxValue)
            .WithDefault(0);
        var junit = new PathOption<string?>("--junit", PathUse.IsWritten)
        {
            HelpName = "FILE", Description = "Also write a JUnit report, a test case a layer.",
        };
        var trace = new PathOption<string?>("--trace", PathUse.Stays)
        {
            HelpName = "FOLDER", Description = "Where a waveform (VCD) of each layer's first difference goes.",
        };
        return CommandRun.Define(
            "simulate",
            "Runs every LUT layer of a network through the RTL core, tile by tile, on real images, and compares every index and result " +
            "with the golden model.",
            "lutdla simulate --network resnet8-edge.safetensors --config configs/edge.json --images 4 --json simulate.json",
            [network, config, metric, images, .. data.All, .. sequences.All, stalls, junit, trace],
            run => RunAsync(run, data, sequences, new(
                run.Get(network), run.Get(config), run.Find(metric), run.Get(images), (ulong)run.Get(stalls),
                run.FindOutput(junit), run.FindOutputFolder(trace))));
    }

    private static async Task<Outcome> RunAsync(CommandRun run, DataOptions data, SequenceOptions sequences, Request request)
    {
        var core = Core.From(Design(request));
        var network = ArtefactFile.Read(request.Network);
        var (layers, count) = LayerRows.Load(run, data, sequences, request.Network, network, request.Images);
        LayerFit.Check(core, request.Network, layers.Select(l => (l.Name, l.Layer)));
        if (request.Trace is { } folder)
            Directory.CreateDirectory(folder);
        run.Terminal.Line($"{core.TopName}: building the simulator (kept for later runs) ...");
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var simulator = await StreamSimulator.BuildAsync(
            DesignUnderTest.WithChecker(core, files), SimulatorEffort.QuickRun, ContentCache.Default, run.Cancellation);
        var cosimulation = new NetworkCosimulation(core, simulator)
        {
            Stalls = request.IsStalled ? StallPattern.FromSeed(request.StallSeed) : StallPattern.None, Seed = run.Seed,
        };
        var results = await run.Terminal.TrackAsync("simulate", track => RunAsync(run, cosimulation, layers, request.Trace, track));

        Show(run, core, results, count, request.IsStalled);
        HostLayers.Show(run.Terminal, HostLayers.Of(network));
        if (request.Junit is { } junit)
        {
            JUnitFile.Write(
                junit, $"{core.Name}.{network.Name}",
                [.. results.Select(r => new JUnitCase(r.Name, r.RunTime, r.Problem(request.IsStalled)))]);
        }

        return new(results.All(r => r.Problem(request.IsStalled) is null) ? ExitCode.Success : ExitCode.Mismatch, new
        {
            Design = core.Name, Network = network.Name, Images = count, request.StallSeed, Equal = results.All(r => r.IsEqual),
            Transfers = Transfers(results), Cycles = results.Sum(r => r.Cycles), ScheduledCycles = results.Sum(r => r.ScheduledCycles),
            BuildSeconds = simulator.BuildTime.TotalSeconds, Layers = results, ExactLayers = HostLayers.Of(network),
        });
    }

    private static DesignConfig Design(Request request)
    {
        var design = DesignFile.Load(request.Config);
        return request.Metric is { } metric ? design with { Similarity = design.Similarity with { Metric = metric } } : design;
    }

    private static async Task<LayerResult[]> RunAsync(
        CommandRun run, NetworkCosimulation cosimulation, IReadOnlyList<LayerData> layers, string? folder, Track track)
    {
        var results = new LayerResult[layers.Count];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = run.Cancellation };
        await Parallel.ForEachAsync(layers.Index(), options, async (layer, cancellation) =>
        {
            var trace = folder is null ? null : Path.Combine(folder, $"{layer.Item.Name}.vcd");
            results[layer.Index] = await cosimulation.RunAsync(layer.Item, trace, cancellation);
            track.Report(Interlocked.Increment(ref done), layers.Count, layer.Item.Name);
        });
        return results;
    }

    private static void Show(CommandRun run, Core core, LayerResult[] results, int images, bool stalled)
    {
        var table = new Table().AddColumns("layer", "rows", "subspaces", "columns", "transfers", "cycles", "schedule", "of peak", "result");
        foreach (var r in results)
        {
            table.AddRow(
                r.Name, Figures.Count(r.Shape.RowCount), $"{r.Shape.SubspaceCount}", $"{r.Shape.ColumnCount}",
                Figures.Count(Transfers([r])), Figures.Count(r.Cycles), Figures.Count(r.ScheduledCycles),
                Figures.OfPeak(core, r.Lookups, r.Cycles), Verdict(r, stalled));
        }

        run.Terminal.Table(table);
        foreach (var problem in results.Select(r => r.Problem(stalled)).OfType<string>())
            run.Terminal.Line(problem);
        run.Terminal.Line(
            $"{results.Count(r => r.IsEqual)} of {Figures.Count(results.Length, "layer")} equal on {Figures.Count(images, "image")}: " +
            $"{Figures.Count(Transfers(results), "transfer")} compared in {Figures.Count(results.Sum(r => r.Cycles), "cycle")}, " +
            $"{Figures.Count(results.Sum(r => r.ScheduledCycles))} scheduled.");
    }

    private static long Transfers(IEnumerable<LayerResult> results) => results.Sum(r => r.IndexTransfers + r.ResultTransfers);

    private static string Verdict(LayerResult result, bool stalled) =>
        !result.IsEqual ? "DIFFERENT" : result.Problem(stalled) is null ? "equal" : "OFF SCHEDULE";
}
