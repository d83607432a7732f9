using System.Diagnostics;
using System.Globalization;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;
using LutDla.Rtl;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Benchmarks;

/// <summary>
/// Where the time of a co-simulation goes: rendering, building the simulator (never from the cache here), the golden model, running.
/// </summary>
internal static class SimulationBenchmark
{
    private const string NetworkPath = "networks/resnet8-fashion.safetensors";
    private const int Images = 2;
    private const int Renderings = 21;

    private static readonly string[] Configs = ["configs/edge.json", "configs/reference.json"];

    /// <summary>Prints a table; returns its rows.</summary>
    public static async Task<object> RunAsync(TextWriter output)
    {
        using var source = FloatNetworkFile.Read(NetworkPath);
        var images = DatasetSource.Load(DatasetName.FashionMnist, DatasetPart.Test).Take(Images);
        var rows = new List<Row>();
        foreach (var config in Configs)
            rows.Add(await MeasureAsync(config, source, images, output));

        output.WriteLine(
            $"co-simulation of ResNet-8, {Images} images, every LUT layer, one process at a time; "
            + "run: with stimuli and comparison, rates: the simulator alone");
        output.WriteLine(
            "design       render ms   build s   golden s   run s   build share   run share   cycles   cycles/s      lookups/s");
        foreach (var r in rows)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{r.Design,-10} {r.RenderSeconds * 1000,11:F1} {r.BuildSeconds,9:F1} {r.GoldenSeconds,10:F2} {r.RunSeconds,7:F2} "
                + $"{r.BuildShare,13:P0} {r.RunShare,11:P0} {r.Cycles,8} {r.CyclesPerSecond,10:F0} {r.LookupsPerSecond / 1e6,11:F2} M"));
        }

        return rows;
    }

    /// <param name="RunSeconds">Stimuli, simulator, comparison.</param>
    /// <param name="SimulatorSeconds">The simulator's part of it.</param>
    private sealed record Row(
        string Design, double RenderSeconds, double BuildSeconds, double GoldenSeconds, double RunSeconds, double SimulatorSeconds,
        long Cycles, long Lookups)
    {
        public double CyclesPerSecond => Cycles / SimulatorSeconds;

        public double LookupsPerSecond => Lookups / SimulatorSeconds;

        public double BuildShare => BuildSeconds / Total;

        public double RunShare => RunSeconds / Total;

        private double Total => RenderSeconds + BuildSeconds + GoldenSeconds + RunSeconds;
    }

    private static async Task<Row> MeasureAsync(string config, FloatNetwork source, Dataset images, TextWriter output)
    {
        var core = Core.From(DesignFile.Load(config));
        var network = ConvertedNetworks.Get(source, core.Metric, output);
        var (files, renderSeconds) = Render(core);
        using var scratch = new ScratchFolder();
        var simulator = await StreamSimulator.BuildAsync(
            DesignUnderTest.WithChecker(core, files), SimulatorEffort.QuickRun, new ContentCache(scratch.Path));
        var start = Stopwatch.GetTimestamp();
        var layers = NetworkLayers.Of(network, images.All());
        var goldenSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        LayerFit.Check(core, config, layers.Select(l => (l.Name, l.Layer)));

        var results = new List<LayerResult>();
        start = Stopwatch.GetTimestamp();
        foreach (var layer in layers)
            results.Add(await new NetworkCosimulation(core, simulator) { Stalls = StallPattern.None }.RunAsync(layer, trace: null));
        var runSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (results.Any(r => !r.IsEqual))
            throw new InvalidOperationException($"{core.Name} differs from the golden model; lutdla simulate says where.");
        return new Row(
            core.Name, renderSeconds, simulator.BuildTime.TotalSeconds, goldenSeconds, runSeconds, results.Sum(r => r.RunTime.TotalSeconds),
            results.Sum(r => r.Cycles), results.Sum(r => r.Lookups));
    }

    private static (IReadOnlyList<VerilogFile> Files, double Seconds) Render(Core core)
    {
        var renderer = new DesignRenderer(TemplateRenderer.Default);
        var files = renderer.Render(core);
        var seconds = new double[Renderings];
        for (var i = 0; i < Renderings; i++)
        {
            var start = Stopwatch.GetTimestamp();
            renderer.Render(core);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return (files, Timing.Median(seconds));
    }
}
