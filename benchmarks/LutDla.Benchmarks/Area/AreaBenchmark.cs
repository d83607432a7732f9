using System.Globalization;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Networks.Data;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Benchmarks.Area;

/// <summary>
/// Density: what a lookup per cycle of the dense design takes, against an INT8 dot product in the same flow, with and without
/// memories on both sides; and a search unit on an FPGA. Cells without wires.
/// </summary>
internal static class AreaBenchmark
{
    private const string LibraryPath = "liberty/sky130hd_tt.lib.gz";

    // What is measured of the FPGA's design; the rest of it is left out of the counts.
    private static readonly string[] SearchUnit = ["ccu_ccu_tree_l1", "ccu_codebook_flip_flop"];

    /// <summary>Prints tables. Without the Liberty library of LUTDLA_DATA only the FPGA part runs, and says so.</summary>
    /// <returns>The figures.</returns>
    public static async Task<object> RunAsync(TextWriter output, YosysBuild yosys)
    {
        var folder = Environment.GetEnvironmentVariable(DatasetSource.EnvironmentVariable);
        var library = string.IsNullOrEmpty(folder) ? null : Path.Combine(folder, LibraryPath);
        DensityFigures? density = null;
        var version = await yosys.Tool().VersionAsync(default);
        output.WriteLine(version);
        if (folder is not null && File.Exists(library))
        {
            var target = SynthesisTarget.ForLiberty(LibertyLibrary.Load(library));
            density = await new DensityBenchmark(target, yosys, folder, output).RunAsync();
        }
        else
        {
            output.WriteLine($"density: skipped, there is no {LibraryPath} under {DatasetSource.EnvironmentVariable}");
        }

        return new { Yosys = version, Density = density, SearchUnit = await SearchUnitAsync(output, yosys) };
    }

    private static async Task<object> SearchUnitAsync(TextWriter output, YosysBuild yosys)
    {
        var core = Core.From(DesignFile.Load("benchmarks/designs/ccu.json"));
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var request = CoreSynthesis.Request(core, files, SynthesisTarget.Xilinx7).By(yosys)
            with { Hierarchy = HierarchyPolicy.Keep(SearchUnit) };
        var report = (await YosysSynthesis.RunAsync(request, ContentCache.Default, default)).Report;
        var parts = report.Modules.Where(m => SearchUnit.Any(name => m.Module.StartsWith(name, StringComparison.Ordinal))).ToList();
        if (parts.Count != SearchUnit.Length)
            throw new InvalidOperationException($"{core.Name} has {parts.Count} of the modules {string.Join(", ", SearchUnit)}.");
        var lookupTables = parts.Sum(m => m.Instances * m.CellTypes.Where(c => IsLookupTable(c.Key)).Sum(c => (long)c.Value));
        var flipFlops = parts.Sum(m => m.Instances * m.Cells.GetValueOrDefault(CellKind.FlipFlop));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"search unit of {core.Name} ({core.Metric}, v = {core.VectorLength}, c = {core.Centroids}, {core.ActivationBits} bits) "
            + $"with its codebook, {report.Target}: {lookupTables} LUT2 to LUT6, {flipFlops} FF"));
        return new { report.Target, LookupTables = lookupTables, FlipFlops = flipFlops, Modules = parts };
    }

    private static bool IsLookupTable(string cell) => cell is "LUT2" or "LUT3" or "LUT4" or "LUT5" or "LUT6";
}
