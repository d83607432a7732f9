using System.Globalization;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Rtl;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;
using LutDla.Training.Data;

namespace LutDla.Benchmarks;

/// <summary>
/// Density: what a lookup per cycle of the dense design takes, against an INT8 dot product of Booth multipliers in the same flow; and a search unit on an
/// FPGA. Cells without wires; macros (the scratchpad, the index buffer) are not counted.
/// </summary>
internal static class AreaBenchmark
{
    private const string LibraryPath = "liberty/sky130hd_tt.lib.gz";
    private const int MultipliersOfBaseline = 8;

    private static readonly string[] Baseline = ["booth_partial.v", "booth_multiplier.v", "booth_dot8.v", "booth_unit.v"];

    // What is measured; the rest of the design is left out of the counts.
    private static readonly string[] SearchUnit = ["lutdla_ccu_tree_l1", "lutdla_codebook_flip_flop"];

    /// <summary>Prints tables; returns the figures. Without the Liberty library of LUTDLA_DATA only the FPGA part runs, and says so.</summary>
    public static async Task<object> RunAsync(TextWriter output)
    {
        var density = Library() is { } library ? await DensityAsync(library, output) : null;
        if (density is null)
            output.WriteLine($"density: skipped, there is no {LibraryPath} under {DatasetSource.EnvironmentVariable}");
        return new { Density = density, SearchUnit = await SearchUnitAsync(output) };
    }

    private static string? Library() => Environment.GetEnvironmentVariable(DatasetSource.EnvironmentVariable) is { Length: > 0 } folder
        && Path.Combine(folder, LibraryPath) is var path && File.Exists(path) ? path : null;

    private static async Task<object> DensityAsync(string path, TextWriter output)
    {
        var target = SynthesisTarget.ForLiberty(LibertyLibrary.Load(path));
        var (core, report) = await SynthesiseAsync("benchmarks/designs/dense.json", target, HierarchyPolicy.KeepAll);
        var perLookup = report.Area!.Value / core.LookupsPerCycle;
        output.WriteLine($"{core.Name}: {core.LookupsPerCycle} lookups a cycle, {target.Name}; a lookup stands for {core.VectorLength} multiplications");
        output.WriteLine("module                                                    instances       um2   um2/lookup");
        foreach (var module in report.Modules.Where(m => m.TotalArea > 0.005 * report.Area))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{module.Module,-56} {module.Instances,10} {module.TotalArea,9:N0} {module.TotalArea / core.LookupsPerCycle,12:N0}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"all",-56} {"",10} {report.Area,9:N0} {perLookup,12:N0}"));

        var unit = await MultiplicationAsync("booth_unit", target);
        var bare = await MultiplicationAsync("booth_dot8", target);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"um2 of a multiplication: {unit:N0} in a unit of {MultipliersOfBaseline} Booth multipliers, adders, accumulator and operand registers; {bare:N0} without the registers"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{core.VectorLength} multiplications / a lookup: {core.VectorLength * unit / perLookup:F2}; without the registers {core.VectorLength * bare / perLookup:F2}"));
        return new
        {
            Design = core.Name, Library = target.Name, core.LookupsPerCycle, report.Area, PerLookup = perLookup, PerMultiplication = unit, PerMultiplicationWithoutRegisters = bare,
            Ratio = core.VectorLength * unit / perLookup, RatioWithoutRegisters = core.VectorLength * bare / perLookup, report.Modules,
        };
    }

    private static async Task<double> MultiplicationAsync(string top, SynthesisTarget target)
    {
        var files = Baseline.Select(name => new VerilogFile(name, File.ReadAllText(Path.Combine("benchmarks/baseline", name))));
        var request = new SynthesisRequest { Top = top, Files = [.. files], Target = target };
        return (await YosysSynthesis.RunAsync(request, ContentCache.Default, default)).Report.Area!.Value / MultipliersOfBaseline;
    }

    private static async Task<object> SearchUnitAsync(TextWriter output)
    {
        var (_, report) = await SynthesiseAsync("benchmarks/designs/ccu.json", SynthesisTarget.Xilinx7, HierarchyPolicy.Keep(SearchUnit));
        var parts = report.Modules.Where(m => SearchUnit.Any(name => m.Module.StartsWith(name, StringComparison.Ordinal))).ToList();
        var lookupTables = parts.Sum(m => m.CellTypes.Where(c => c.Key is "LUT2" or "LUT3" or "LUT4" or "LUT5" or "LUT6").Sum(c => (long)c.Value));
        var flipFlops = parts.Sum(m => (long)m.Cells.GetValueOrDefault(CellKind.FlipFlop));
        output.WriteLine($"search unit of ccu.json (L1, v = 2, c = 16, 8 bits) with its codebook, {report.Target}: {lookupTables} LUT, {flipFlops} FF");
        return new { report.Target, LookupTables = lookupTables, FlipFlops = flipFlops, Modules = parts };
    }

    private static async Task<(Core Core, SynthesisReport Report)> SynthesiseAsync(string config, SynthesisTarget target, HierarchyPolicy hierarchy)
    {
        var core = Core.From(DesignFile.Load(config));
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var request = CoreSynthesis.Request(core, files, target) with { Hierarchy = hierarchy };
        return (core, (await YosysSynthesis.RunAsync(request, ContentCache.Default, default)).Report);
    }
}
