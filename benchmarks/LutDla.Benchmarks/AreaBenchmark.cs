using System.Globalization;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Networks.Data;
using LutDla.Rtl;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Benchmarks;

/// <summary>
/// Density: what a lookup per cycle of the dense design takes, against an INT8 dot product of Booth multipliers in the same flow; and a search unit on an
/// FPGA. Cells without wires; macros (the scratchpad, the index buffer) are not counted.
/// </summary>
internal static class AreaBenchmark
{
    private const string LibraryPath = "liberty/sky130hd_tt.lib.gz";
    private const int MultipliersOfBaseline = 8;

    // Modules of less are one row.
    private const double SmallShare = 0.005;

    private static readonly string[] Baseline = ["booth_partial.v", "booth_multiplier.v", "booth_dot8.v", "booth_unit.v"];

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
        var core = Core.From(DesignFile.Load("benchmarks/designs/dense.json"));
        var report = await SynthesiseAsync(core, target, HierarchyPolicy.KeepAll);
        var area = report.Area!.Value;
        output.WriteLine($"{core.Name}: {core.LookupsPerCycle} lookups a cycle, {target.Name}; a lookup stands for {core.VectorLength} multiplications");
        output.WriteLine("module                                                    instances       um2   um2/lookup");
        var large = report.Modules.Where(m => m.TotalArea > SmallShare * area).ToList();
        foreach (var module in large)
            ShowArea(module.Module, $"{module.Instances}", module.TotalArea!.Value);
        ShowArea("smaller ones", $"{report.Modules.Where(m => m.TotalArea > 0).Except(large).Sum(m => m.Instances)}", area - large.Sum(m => m.TotalArea!.Value));
        ShowArea("cells, without macros", "", area);
        foreach (var note in report.Notes)
            output.WriteLine(note);

        var unit = await MultiplicationAsync("booth_unit", target);
        var bare = await MultiplicationAsync("booth_dot8", target);
        output.WriteLine("baseline: 8 Booth multipliers, adders and a 24-bit accumulator; the better of kept and flattened hierarchy");
        Line($"with operand registers:    {unit:N0} um2 a multiplication, {core.VectorLength} of them / a lookup: {core.VectorLength * unit * core.LookupsPerCycle / area:F2}");
        Line($"without operand registers: {bare:N0} um2 a multiplication, {core.VectorLength} of them / a lookup: {core.VectorLength * bare * core.LookupsPerCycle / area:F2}");
        return new
        {
            Design = core.Name, Library = target.Name, core.LookupsPerCycle, Area = area, PerLookup = area / core.LookupsPerCycle, PerMultiplication = unit,
            PerMultiplicationWithoutOperandRegisters = bare, Ratio = core.VectorLength * unit * core.LookupsPerCycle / area,
            RatioWithoutOperandRegisters = core.VectorLength * bare * core.LookupsPerCycle / area, report.Modules, report.Notes,
        };

        void ShowArea(string name, string instances, double value) => Line($"{name,-56} {instances,10} {value,9:N0} {value / core.LookupsPerCycle,12:N0}");

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<double> MultiplicationAsync(string top, SynthesisTarget target)
    {
        var files = Baseline.Select(name => new VerilogFile(name, File.ReadAllText(Path.Combine("benchmarks/baseline", name)))).ToList();
        var areas = new List<double>();
        foreach (var hierarchy in new[] { HierarchyPolicy.KeepAll, HierarchyPolicy.Flatten })
        {
            var request = new SynthesisRequest { Top = top, Files = files, Target = target, Hierarchy = hierarchy };
            areas.Add((await YosysSynthesis.RunAsync(request, ContentCache.Default, default)).Report.Area!.Value);
        }

        return areas.Min() / MultipliersOfBaseline;
    }

    private static async Task<object> SearchUnitAsync(TextWriter output)
    {
        var core = Core.From(DesignFile.Load("benchmarks/designs/ccu.json"));

        // What is measured; the rest of the design is left out of the counts.
        string[] names = [core.Search.Unit.NameIn(core.Name), core.Search.Codebook.NameIn(core.Name)];
        var report = await SynthesiseAsync(core, SynthesisTarget.Xilinx7, HierarchyPolicy.Keep(names));
        var parts = report.Modules.Where(m => names.Any(name => m.Module.StartsWith(name, StringComparison.Ordinal))).ToList();
        if (parts.Count != names.Length)
            throw new InvalidOperationException($"{core.Name} has {parts.Count} of the modules {string.Join(", ", names)}.");
        var lookupTables = parts.Sum(m => m.Instances * m.CellTypes.Where(c => c.Key is "LUT2" or "LUT3" or "LUT4" or "LUT5" or "LUT6").Sum(c => (long)c.Value));
        var flipFlops = parts.Sum(m => m.Instances * m.Cells.GetValueOrDefault(CellKind.FlipFlop));
        output.WriteLine(
            $"search unit of {core.Name} ({core.Metric}, v = {core.VectorLength}, c = {core.Centroids}, {core.ActivationBits} bits) with its codebook, {report.Target}: "
            + $"{lookupTables} LUT2 to LUT6, {flipFlops} FF");
        return new { report.Target, LookupTables = lookupTables, FlipFlops = flipFlops, Modules = parts };
    }

    private static async Task<SynthesisReport> SynthesiseAsync(Core core, SynthesisTarget target, HierarchyPolicy hierarchy)
    {
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var request = CoreSynthesis.Request(core, files, target) with { Hierarchy = hierarchy };
        return (await YosysSynthesis.RunAsync(request, ContentCache.Default, default)).Report;
    }
}
