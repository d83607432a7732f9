using System.Globalization;
using LutDla.Baseline.Arrays;
using LutDla.Baseline.Memories;
using LutDla.Exploration.Memories;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Storage;
using LutDla.Rtl.Rendering;

namespace LutDla.Benchmarks.Area;

/// <summary>The dense design against arrays of multipliers of equal throughput: cells by module, and both with their memories.</summary>
internal sealed class DensityBenchmark(SynthesisTarget target, YosysBuild yosys, string data, TextWriter output)
{
    // Modules of less are one row.
    private const double SmallShare = 0.005;

    public async Task<DensityFigures> RunAsync()
    {
        var core = Core.From(DesignFile.Load("benchmarks/designs/dense.json"));
        var prices = Prices();
        var units = await new DotUnitTable(target, output).RunAsync();
        var own = await SystemAsync(
            core.Top, CoreSynthesis.Request(core, new DesignRenderer(TemplateRenderer.Default).Render(core), target), prices,
            new(
                core.Name, "", null, core.Streams.Activation.PayloadBits, core.Streams.Table.PayloadBits,
                core.LookupsPerCycle * core.VectorLength));
        var arrays = new List<SystemFigures>();
        foreach (var array in EqualArrays.Formats.SelectMany(new EqualArrays(core).Of))
        {
            arrays.Add(await SystemAsync(array, ArraySynthesis.Request(array, target), prices, new(
                array.Config.Name, array.Config.Operands.Name, array.Dataflow, array.ActivationBeatBits, array.WeightBeatBits,
                array.Multiplications)));
        }

        var figures = new DensityFigures(target.Name, core.LookupsPerCycle, core.VectorLength, units, own, arrays);
        Show(figures);
        return figures;
    }

    private MemoryPrices? Prices()
    {
        var path = Path.Combine(data, SramTable.PublishedMacros);
        if (File.Exists(path))
            return new MemoryPrices(target, yosys, SramTable.Load(path).Macros);
        Line($"memories: skipped, there is no {SramTable.PublishedMacros} under {data}");
        return null;
    }

    private async Task<SystemFigures> SystemAsync(Module top, SynthesisRequest request, MemoryPrices? prices, Side side)
    {
        var variants = await MappedVariant.AllAsync(request.By(yosys));
        Line($"{side.Name}, {target.Name}, {request.ClockPeriodPicoseconds} ps; taken: the smallest that meets it");
        foreach (var v in variants)
            Line($"  goal {v.Goal,-5}  full adders extracted {v.ExtractsFullAdders,-5}  {v.Area,11:N0} um2  {Nanoseconds(v.Nanoseconds)}");
        ShowModules(side, variants[0]);
        return new(
            side.Name, side.Format, side.Dataflow, side.ActivationBits, side.WeightBits, variants[0], side.Multiplications,
            prices is null ? null : await MemoriesAsync(top, prices));
    }

    private static string Nanoseconds(double? value) =>
        value is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:F2} ns") : "no times: OpenSTA (sta) is not installed";

    private void ShowModules(Side side, MappedVariant cells)
    {
        Line($"{"module",-64} {"instances",10} {"um2",11} {"um2/multiplication",19}");
        var large = cells.Report.Modules.Where(m => m.TotalArea > SmallShare * cells.Area).ToList();
        var small = cells.Report.Modules.Where(m => m.TotalArea > 0).Except(large).ToList();
        foreach (var module in large)
            Row(module.Module, $"{module.Instances}", module.TotalArea ?? 0);
        Row("smaller ones", $"{small.Sum(m => m.Instances)}", small.Sum(m => m.TotalArea ?? 0));
        Row("cells, without macros", "", cells.Area);
        foreach (var note in cells.Report.Notes)
            Line($"{note}");

        void Row(string name, string instances, double area) =>
            Line($"{name,-64} {instances,10} {area,11:N0} {area / side.Multiplications,19:N1}");
    }

    // Of each shape the cheapest means.
    private async Task<IReadOnlyList<MemoryPrice>> MemoriesAsync(Module top, MemoryPrices prices)
    {
        var cheapest = new List<MemoryPrice>();
        MemoryShape[] shapes =
        [
            .. top.Occurrences().Where(o => o.Module is Memory { Style: MemoryStyle.Macro })
                .Select(o => new MemoryShape($"{((Memory)o.Module).Role}", ((Memory)o.Module).Words, ((Memory)o.Module).WordBits, o.Count)),
        ];
        foreach (var shape in shapes)
        {
            Line($"{shape.Name}, {shape.Count} x {shape.Words} x {shape.WordBits} = {shape.Bits:N0} bits; um2, um2 a bit");
            var all = await prices.OfAsync(shape);
            foreach (var price in all)
                Line($"  {price.Area,11:N0}  {price.AreaPerBit,5:F1}  {price.Parts}");
            cheapest.Add(all[0]);
        }

        return cheapest;
    }

    private void Show(DensityFigures figures)
    {
        var core = figures.Core;
        Line($"equal systems: bits a cycle of streams, um2, um2 of cells a multiplication, cells and all over those of {core.Name}");
        Line($"{"",-20} {"activation",10} {"weight",7} {"cells",11} {"memories",11} {"all",11} {"a mult.",8} {"cells",6} {"all",6}");
        foreach (var s in figures.Arrays.Prepend(core))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{s.Name,-20} {s.ActivationBits,10} {s.WeightBits,7} {s.Cells.Area,11:N0} {s.MemoryArea,11:N0} {s.Area,11:N0} "
                + $"{s.CellsPerMultiplication,8:N0} {s.Cells.Area / core.Cells.Area,6:F2} {s.Area / core.Area,6:F2}"));
        }

        foreach (var format in figures.Arrays.GroupBy(a => a.Format))
        {
            var cells = format.MinBy(a => a.Cells.Area) ?? core;
            var whole = format.MinBy(a => a.Area ?? a.Cells.Area) ?? core;
            Line($"{format.Key}: the smallest array / {core.Name}: cells {cells.Cells.Area / core.Cells.Area:F2} ({cells.Name})");
            Line($"{format.Key}: the same with memories {whole.Area / core.Area:F2} ({whole.Name})");
        }
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    // What a side is called, and how wide its streams are.
    private sealed record Side(string Name, string Format, Dataflow? Dataflow, int ActivationBits, int WeightBits, int Multiplications);
}
