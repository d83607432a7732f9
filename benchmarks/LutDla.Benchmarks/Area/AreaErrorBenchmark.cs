using System.Globalization;
using LutDla.Exploration.Calibration;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware;
using LutDla.Hardware.Modules;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Benchmarks.Area;

/// <summary>
/// How far the areas of a technology file are from those of synthesis, on whole random cores that no module was sampled from.
/// </summary>
internal static class AreaErrorBenchmark
{
    // Keeps these designs apart from those that a calibration takes its samples from.
    private const int Purpose = 12;

    // A core counts where at least this share of its area is in parameters that were not sampled.
    private const double LeastUnsampled = 0.5;

    /// <summary>Prints a line a core, the errors, and where they come from.</summary>
    /// <returns>The figures.</returns>
    public static async Task<object> RunAsync(TextWriter output, BenchmarkOptions options)
    {
        if (options is not { Liberty: { } liberty, Technology: { } technology })
            throw new InvalidOperationException("area-error needs --liberty and --technology.");
        var model = TechnologyFile.Read(technology);
        var target = SynthesisTarget.ForLiberty(LibertyLibrary.Load(liberty));
        var sampled = ModuleSampling.Candidates(model.HasLatches)
            .SelectMany(kind => kind.Take(model.Costs[CostQuantity.Area][kind[0].Name].Samples)).Select(Key)
            .ToHashSet(StringComparer.Ordinal);
        var cores = Enumerable.Range(0, int.MaxValue)
            .Select(number => CalibrationSpace.Design(number, Purpose, model.HasLatches))
            .Where(core => UnsampledShare(core, model, sampled) >= LeastUnsampled).Take(options.Cores).ToList();
        var results = new List<CoreArea>();
        foreach (var core in cores)
        {
            var result = await SynthesiseAsync(core, target, model, UnsampledShare(core, model, sampled));
            results.Add(result);
            output.WriteLine(Line(result));
        }

        var errors = results.Select(r => Math.Abs(r.Error)).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{model.Library}: {results.Count} cores, area: mean error {errors.Average():P2}, worst {errors.Max():P2}"));
        foreach (var (kind, off, share) in ByKind(results))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind,-24} {share,8:P1} of the area, mean error {off:P1}"));
        return new { model.Library, Cores = results, MeanError = errors.Average(), WorstError = errors.Max() };
    }

    private static async Task<CoreArea> SynthesiseAsync(Core core, SynthesisTarget target, TechnologyModel model, double unsampled)
    {
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var report = (await YosysSynthesis.RunAsync(CoreSynthesis.Request(core, files, target), ContentCache.Default)).Report;
        var estimated = core.Top.Occurrences().GroupBy(o => o.Module.NameIn(core.Name), StringComparer.Ordinal)
            .ToDictionary(kind => kind.Key, kind => kind.Sum(o => o.Count * model.AreaOf(o.Module)), StringComparer.Ordinal);
        var kinds = report.Modules.GroupBy(row => row.Module.Split(' ')[0], StringComparer.Ordinal)
            .Select(kind => new KindArea(
                kind.Key[(core.Name.Length + 1)..], estimated.GetValueOrDefault(kind.Key), kind.Sum(row => row.TotalArea ?? 0)));
        return new(core.Name, [.. kinds], unsampled);
    }

    private static double UnsampledShare(Core core, TechnologyModel model, HashSet<string> sampled)
    {
        var areas = core.Top.Occurrences().Select(o => (o.Module, Area: o.Count * model.AreaOf(o.Module))).ToList();
        return areas.Where(a => !sampled.Contains(Key(a.Module))).Sum(a => a.Area) / areas.Sum(a => a.Area);
    }

    private static string Key(Module module) => $"{module.Name} {string.Join(' ', CostPoint.OfModule(module).Place)}";

    private static string Line(CoreArea core) => string.Create(CultureInfo.InvariantCulture,
        $"{core.Name,-6} synthesis {core.Synthesised,12:N0}, estimate {core.Estimated,12:N0}, error {core.Error,7:P2}, "
        + $"{core.UnsampledShare:P0} not sampled");

    private static IEnumerable<(string Kind, double Error, double Share)> ByKind(List<CoreArea> cores) => cores
        .SelectMany(c => c.Kinds).GroupBy(k => k.Kind, StringComparer.Ordinal)
        .Select(kind => (
            kind.Key, kind.Sum(k => Math.Abs(k.Estimated - k.Synthesised)) / Math.Max(1, kind.Sum(k => k.Synthesised)),
            kind.Sum(k => k.Synthesised) / cores.Sum(c => c.Synthesised)))
        .OrderByDescending(k => k.Item2 * k.Item3);

    /// <param name="UnsampledShare">Of the estimated area.</param>
    private sealed record CoreArea(string Name, IReadOnlyList<KindArea> Kinds, double UnsampledShare)
    {
        public double Estimated => Kinds.Sum(k => k.Estimated);

        public double Synthesised => Kinds.Sum(k => k.Synthesised);

        /// <summary>Relative; above 0 where the estimate is too large.</summary>
        public double Error => Estimated / Synthesised - 1;
    }

    private sealed record KindArea(string Kind, double Estimated, double Synthesised);
}
