using LutDla.Hardware.Configuration;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Synthesis;

/// <summary>Counts a mapped design: cells of a module times the instances of the module, down the hierarchy.</summary>
internal sealed class SynthesisReportBuilder(
    SynthesisRequest request, IReadOnlyDictionary<string, YosysModule> source, IReadOnlyDictionary<string, YosysModule> mapped)
{
    private readonly Dictionary<string, long> _instances = new(StringComparer.Ordinal);

    public SynthesisReport Build()
    {
        CountInstances(request.Top, 1);
        ModuleRow[] rows = [.. _instances.Where(i => mapped.ContainsKey(i.Key)).Select(i => Row(mapped[i.Key], i.Value))
            .OrderByDescending(r => r.TotalArea ?? r.Instances * r.CellTypes.Values.Sum()).ThenBy(r => r.Module, StringComparer.Ordinal)];
        return new SynthesisReport(
            request.Top,
            request.Target.Name,
            request.Target.Library is null ? null : rows.Sum(r => r.TotalArea),
            Sum(rows, r => r.Cells),
            Sum(rows, r => r.CellTypes),
            rows,
            [.. request.Memories.SelectMany(Findings)],
            [.. Notes(rows)]);
    }

    private static SortedDictionary<TKey, long> Sum<TKey>(ModuleRow[] rows, Func<ModuleRow, IReadOnlyDictionary<TKey, int>> counts)
        where TKey : notnull => new(rows
            .SelectMany(r => counts(r).Select(c => (c.Key, Count: r.Instances * c.Value)))
            .GroupBy(c => c.Key)
            .ToDictionary(g => g.Key, g => g.Sum(c => c.Count)));

    private void CountInstances(string module, long instances)
    {
        _instances[module] = _instances.GetValueOrDefault(module) + instances;
        if (!mapped.TryGetValue(module, out var definition))
            return;
        foreach (var (cell, count) in definition.Cells.Where(c => IsModule(c.Key)))
            CountInstances(cell, instances * count);
    }

    private bool IsModule(string cell) =>
        mapped.ContainsKey(cell) && !IsBlackBox(cell) && request.Target.Library?.Cells.ContainsKey(cell) != true;

    private bool IsBlackBox(string cell) => request.BlackBoxes.Contains(YosysModule.BaseNameOf(cell));

    private ModuleRow Row(YosysModule module, long instances)
    {
        var own = module.Cells.Where(c => !IsModule(c.Key)).ToDictionary(StringComparer.Ordinal);
        return new ModuleRow(
            module.ReadableName,
            instances,
            own.GroupBy(c => Kind(c.Key)).ToDictionary(g => g.Key, g => g.Sum(c => c.Value)),
            own,
            request.Target.Library is null ? null : own.Sum(c => c.Value * Area(c.Key)));
    }

    private CellKind Kind(string cell)
    {
        if (IsBlackBox(cell))
            return CellKind.BlackBox;
        if (request.Target.Library is { } library && !library.Cells.ContainsKey(cell))
            throw new ToolException($"{request.Top}: {request.Target.Name} has no cell for {cell}, which synthesis left over.");
        return CellClassifier.Of(cell, request.Target);
    }

    private double Area(string cell) => IsBlackBox(cell) ? 0
        : Kind(cell) == CellKind.Latch && request.Target.Library?.Cells[cell].Area == 0 ? request.Target.LatchArea ?? 0
        : request.Target.Library?.Cells[cell].Area ?? 0;

    private IEnumerable<MemoryFinding> Findings(MemoryExpectation expectation)
    {
        if (expectation.Style == MemoryStyle.Macro)
        {
            var count = _instances.Keys.SelectMany(m => mapped.TryGetValue(m, out var definition) ? definition.Cells.Keys : [])
                .Count(c => YosysModule.BaseNameOf(c) == expectation.Module);
            return [new MemoryFinding(
                expectation.Module, expectation.Style, 0, 0, 0, 0, count > 0 && request.BlackBoxes.Contains(expectation.Module))];
        }

        YosysModule[] modules = [.. _instances.Keys.Where(m => YosysModule.BaseNameOf(m) == expectation.Module && mapped.ContainsKey(m))
            .Select(m => mapped[m])];
        return modules.Length == 0
            ? [new MemoryFinding(expectation.Module, expectation.Style, 0, 0, 0, 0, IsAsMeant: false)]
            : modules.Select(m => Finding(m, expectation.Style));
    }

    private MemoryFinding Finding(YosysModule module, MemoryStyle meant)
    {
        var counts = new Dictionary<CellKind, int>();
        CountCells(module, counts);
        var bits = source.TryGetValue(module.Id, out var before) ? before.MemoryBits : 0;
        var (rams, flipFlops, latches) = (
            counts.GetValueOrDefault(CellKind.Ram), counts.GetValueOrDefault(CellKind.FlipFlop), counts.GetValueOrDefault(CellKind.Latch));
        return new MemoryFinding(module.ReadableName, meant, bits, rams, flipFlops, latches, meant switch
        {
            MemoryStyle.FpgaRam => rams > 0 && flipFlops < bits,
            MemoryStyle.Latch => latches > 0 && rams == 0,
            MemoryStyle.FlipFlop => flipFlops > 0 && rams == 0 && latches == 0,
            _ => throw new InvalidOperationException($"No rule is known for a memory of style {meant}."),
        });
    }

    private void CountCells(YosysModule module, Dictionary<CellKind, int> counts)
    {
        foreach (var (cell, count) in module.Cells)
        {
            for (var k = 0; k < count && IsModule(cell); k++)
                CountCells(mapped[cell], counts);
            if (!IsModule(cell))
                counts[Kind(cell)] = counts.GetValueOrDefault(Kind(cell)) + count;
        }
    }

    private IEnumerable<string> Notes(ModuleRow[] rows)
    {
        if (request.Target.Library is null)
            yield break;
        yield return "Cell area only: no wires, placement or clock tree.";
        if (request.Target.LatchArea is { } price && rows.Any(r => r.CellTypes.Keys.Any(IsFreeLatch)))
            yield return $"The library gives its latch an area of 0; {price} was taken.";
        if (rows.Any(r => r.Cells.ContainsKey(CellKind.BlackBox)))
            yield return "Black boxes (memory macros) are not in the area.";
        if (rows.Any(r => r.Module == request.ClockGate && !r.Cells.ContainsKey(CellKind.ClockGate)))
            yield return "The library has no clock-gating cell; a latch and an AND gate were taken.";
        if ((request.ExtractsFullAdders || request.FullAdder is not null)
            && request.Target.Library.Cells.Values.All(c => c.FullAdder is null))
            yield return "The library has no full-adder cell; gates were taken.";
    }

    private bool IsFreeLatch(string cell) => Kind(cell) == CellKind.Latch && request.Target.Library?.Cells[cell].Area == 0;
}
