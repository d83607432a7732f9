using System.Globalization;
using LutDla.Exploration.Calibration;
using LutDla.Exploration.Estimation;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware;
using LutDla.Rtl.Tools;

namespace LutDla.Benchmarks.Area;

/// <summary>
/// How far area, slowest path and power of a technology file are from those of whole random cores that were synthesised and simulated at
/// gate level, and that no sample was taken from.
/// </summary>
internal static class PowerErrorBenchmark
{
    /// <summary>Prints a line a core, and the errors.</summary>
    /// <returns>The figures.</returns>
    public static async Task<object> RunAsync(TextWriter output, BenchmarkOptions options)
    {
        if (options is not { Liberty: { } liberty, Technology: { } technology })
            throw new InvalidOperationException("power-error needs --liberty and --technology.");
        var model = TechnologyFile.Read(technology);
        var library = LibertyLibrary.Load(liberty);
        var smallest = library.Cells.Values.Where(c => c.Area > 0).Min(c => c.Area);
        var cores = CalibrationCores.Choose(CalibrationCores.ForErrors, model.HasLatches, model.AreaOf, smallest).Take(options.Cores);
        var measurement = new CoreMeasurement(SynthesisTarget.ForLiberty(library), ContentCache.Default);
        var results = new List<CoreErrors>();
        foreach (var core in cores)
        {
            var result = Compare(core, await measurement.RunAsync(core, CancellationToken.None), model);
            results.Add(result);
            output.WriteLine(Line(result));
        }

        output.WriteLine($"{model.Library}: {results.Count} cores");
        foreach (var (what, errors) in new (string, double[])[]
        {
            ("area", [.. results.Select(r => r.Area)]), ("slowest path", [.. results.Select(r => r.Path)]),
            ("power", [.. results.SelectMany(r => r.Power)]),
        })
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what}: mean error {errors.Average(e => Math.Abs(e)):P2}, worst {errors.Max(e => Math.Abs(e)):P2}"));
        }

        return new { model.Library, Cores = results };
    }

    private static CoreErrors Compare(Core core, MeasuredCore measured, TechnologyModel model)
    {
        var estimate = CoreEstimate.Of(core, new(model, family: null));
        var nanoseconds = model.ClockPeriodPicoseconds / 1000.0;
        var cells = measured.Synthesis.CellTypes.Values.Sum();
        return new(
            core.Name, cells, estimate.CellArea / (measured.Synthesis.Area ?? 0) - 1,
            estimate.Cost.Path.Nanoseconds / (measured.Timing.Slowest?.ArrivalNanoseconds ?? 0) - 1,
            [
                .. measured.Runs.Select(run => (estimate.Cost.Energy.At(run.Activity) / nanoseconds
                    + estimate.Cost.LeakageNanowatts / 1e6) / run.Power.Milliwatts - 1),
            ]);
    }

    private static string Line(CoreErrors core)
    {
        var power = string.Join(", ", core.Power.Select(p => p.ToString("P1", CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture,
            $"{core.Name,-6} {core.Cells,8:N0} cells, area {core.Area,7:P1}, slowest path {core.Path,7:P1}, power of three layers {power}");
    }

    /// <summary>Relative; above 0 where the estimate is too large.</summary>
    private sealed record CoreErrors(string Name, long Cells, double Area, double Path, double[] Power);
}
