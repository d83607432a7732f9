using System.Globalization;
using LutDla.Baseline.Memories;
using LutDla.Baseline.Multipliers;
using LutDla.Exploration.Memories;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;
using LutDla.Rtl.Rendering;

namespace LutDla.Benchmarks.Area;

/// <summary>The dense design against an array of multipliers: cells alone, and both with the memories that they need.</summary>
internal sealed class DensityBenchmark(SynthesisTarget target, YosysBuild yosys, string data, TextWriter output)
{
    // Modules of less are one row.
    private const double SmallShare = 0.005;

    public async Task<DensityFigures> RunAsync()
    {
        var core = Core.From(DesignFile.Load("benchmarks/designs/dense.json"));
        var array = new MultiplierArray(core);
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var cells = (await VariantsAsync($"{core.Name} core", CoreSynthesis.Request(core, files, target)))[0];
        var unit = (await VariantsAsync(BoothBaseline.WithOperands, Baseline(BoothBaseline.WithOperands)))[0];
        var bare = (await VariantsAsync(BoothBaseline.Bare, Baseline(BoothBaseline.Bare)))[0];
        ShowModules(core, cells);

        var figures = new DensityFigures(
            core.Name, target.Name, core.LookupsPerCycle, core.VectorLength, cells,
            unit.Area / BoothBaseline.Products, bare.Area / BoothBaseline.Products,
            await SystemsAsync(core, array, cells, unit));
        var lookups = core.LookupsPerCycle;
        Line($"{core.Name}: {lookups} lookups a cycle, {figures.PerLookup:N0} um2 and {core.VectorLength} multiplications each");
        ShowRatio(BoothBaseline.WithOperands, figures.PerMultiplication, figures.Ratio);
        ShowRatio(BoothBaseline.Bare, figures.PerBareMultiplication, figures.BareRatio);
        ShowSystems(figures);
        return figures;

        void ShowRatio(string name, double area, double ratio) =>
            Line($"{name}: {area:N0} um2 a multiplication; {core.VectorLength} of them / a lookup = {ratio:F2}, cells only");
    }

    private SynthesisRequest Baseline(string top) => new()
    {
        Top = top,
        Files = BoothBaseline.Files(),
        Target = target,
        Hierarchy = HierarchyPolicy.Flatten,
        ClockGate = BoothBaseline.ClockGate,
        FullAdder = BoothBaseline.FullAdder,
    };

    private async Task<IReadOnlyList<MappedVariant>> VariantsAsync(string name, SynthesisRequest request)
    {
        var variants = await MappedVariant.AllAsync(request.By(yosys));
        Line($"{name}, {target.Name}, {request.ClockPeriodPicoseconds} ps; taken: the smallest that meets it");
        foreach (var v in variants)
            Line($"  goal {v.Goal,-5}  full adders extracted {v.ExtractsFullAdders,-5}  {v.Area,11:N0} um2  {Nanoseconds(v.Nanoseconds)}");
        return variants;
    }

    private static string Nanoseconds(double? value) =>
        value is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:F2} ns") : "no times: OpenSTA (sta) is not installed";

    private void ShowModules(Core core, MappedVariant cells)
    {
        Line($"{"module",-56} {"instances",10} {"um2",9} {"um2/lookup",12}");
        var large = cells.Report.Modules.Where(m => m.TotalArea > SmallShare * cells.Area).ToList();
        var small = cells.Report.Modules.Where(m => m.TotalArea > 0).Except(large).ToList();
        foreach (var module in large)
            Show(module.Module, $"{module.Instances}", module.TotalArea ?? 0);
        Show("smaller ones", $"{small.Sum(m => m.Instances)}", small.Sum(m => m.TotalArea ?? 0));
        Show("cells, without macros", "", cells.Area);
        foreach (var note in cells.Report.Notes)
            Line($"{note}");

        void Show(string name, string instances, double area) =>
            Line($"{name,-56} {instances,10} {area,9:N0} {area / core.LookupsPerCycle,12:N0}");
    }

    private async Task<IReadOnlyList<SystemFigures>?> SystemsAsync(
        Core core, MultiplierArray array, MappedVariant cells, MappedVariant unit)
    {
        var path = Path.Combine(data, SramTable.PublishedMacros);
        if (!File.Exists(path))
        {
            Line($"with memories: skipped, there is no {SramTable.PublishedMacros} under {data}");
            return null;
        }

        var prices = new MemoryPrices(target, yosys, SramTable.Load(path).Macros);
        Line($"memories with a read and a write a cycle, um2 and um2 a bit; macros of {SramTable.PublishedMacros}");
        MemoryShape[] own =
        [
            .. core.Top.Occurrences().Where(o => o.Module is Memory { Style: MemoryStyle.Macro })
                .Select(o => new MemoryShape($"{((Memory)o.Module).Role}", ((Memory)o.Module).Words, ((Memory)o.Module).WordBits, o.Count)),
        ];
        return
        [
            await SystemAsync($"{core.Name} core", cells.Area, own),
            await SystemAsync("array, weights held", array.Units * unit.Area, array.WithWeightsHeld),
            await SystemAsync("array, sums held", array.Units * unit.Area, array.WithSumsHeld),
        ];

        async Task<SystemFigures> SystemAsync(string name, double area, IReadOnlyList<MemoryShape> shapes)
        {
            var cheapest = new List<MemoryPrice>();
            foreach (var shape in shapes)
            {
                Line($"{name}: {shape.Name}, {shape.Count} x {shape.Words} x {shape.WordBits} = {shape.Bits:N0} bits");
                var all = await prices.OfAsync(shape);
                foreach (var price in all)
                    Line($"  {price.Area,11:N0}  {price.AreaPerBit,5:F1}  {price.Parts}");
                cheapest.Add(all[0]);
            }

            return new SystemFigures(name, area, cheapest);
        }
    }

    private void ShowSystems(DensityFigures figures)
    {
        if (figures.Systems is not { Count: > 1 } systems)
            return;
        var core = systems[0];
        Line($"{"equal systems, um2",-24} {"cells",11} {"memories",11} {"all",11} {"of the core",12}");
        foreach (var system in systems)
        {
            var memories = system.Memories.Sum(m => m.Area);
            Line($"{system.Name,-24} {system.Cells,11:N0} {memories,11:N0} {system.Area,11:N0} {system.Area / core.Area,12:F2}");
        }

        Line($"the smaller array / the core, with memories: {systems.Skip(1).Min(a => a.Area) / core.Area:F2}");
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
