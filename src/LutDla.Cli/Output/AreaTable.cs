using LutDla.Exploration.Calibration;
using LutDla.Hardware;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Storage;
using LutDla.Hardware.Configuration;
using Spectre.Console;

namespace LutDla.Cli.Output;

/// <summary>Area of a core by its modules, as a technology file has it.</summary>
/// <param name="Modules">Largest first; wires and macros are not among them.</param>
/// <param name="Memories">What macros take; nothing where they are not priced.</param>
/// <param name="UnpricedBits">Bits in RAM of an FPGA, which no cells of a library are, and in macros that are not priced.</param>
internal sealed record AreaTable(IReadOnlyList<AreaRow> Modules, MemoryTable? Memories, long UnpricedBits)
{
    public double Area => Modules.Sum(row => row.Area);

    /// <summary>Share of the area in modules beyond what was sampled.</summary>
    public double Unsampled => Modules.Where(row => !row.IsSampled).Sum(row => row.Area) / Math.Max(Area, double.Epsilon);

    public static AreaTable Of(Core core, TechnologyModel technology, MemoryTable? memories)
    {
        Occurrence[] all = [.. core.Top.Occurrences()];
        return new(
            [
                .. all.GroupBy(o => o.Module)
                    .Select(group => new AreaRow(
                        NameOf(group.Key), group.Sum(o => o.Count), technology.AreaOf(group.Key), technology.IsSampled(group.Key)))
                    .Where(row => row.Each > 0).OrderByDescending(row => row.Area).ThenBy(row => row.Module, StringComparer.Ordinal),
            ],
            memories,
            all.Sum(o => o.Module is MemoryModule memory && IsUnpriced(memory.Style, memories) ? o.Count * memory.Bits : 0));
    }

    public void Show(Terminal terminal, TechnologyModel technology)
    {
        var table = new Table().AddColumns("module", "instances", "area each", "area", "share", "");
        foreach (var column in table.Columns.Skip(1).SkipLast(1))
            column.RightAligned();
        foreach (var row in Modules)
        {
            table.AddRow(
                row.Module, Figures.Count(row.Instances), Whole(row.Each), Whole(row.Area), Figures.Percent(row.Area / Area),
                row.IsSampled ? "" : "beyond the samples");
        }

        if (Memories is null)
        {
            table.AddRow("all", "", "", Whole(Area), "", "");
        }
        else
        {
            table.AddRow("cells", "", "", Whole(Area), "", "");
            table.AddRow(
                "memories", Figures.Count(Memories.Macros), "", Whole(Memories.Area), "", $"macros, mean error {Memories.MeanError}");
            table.AddRow("all", "", "", Whole(Area + Memories.Area), "", "");
        }

        terminal.Table(table);
        terminal.Line($"Area in the unit of {technology.Library}, cells only: no wires, placement or clock tree.");
        if (Memories is not null)
            terminal.Line($"Macros are in um2; the sum is right where {technology.Library} is, too.");
        if (UnpricedBits > 0)
            terminal.Line($"{Figures.Count(UnpricedBits, "bit")} in macros or RAM of an FPGA are not in it.");
        if (Unsampled > 0)
            terminal.Line($"{Figures.Percent(Unsampled)} of it is beyond what the technology file was made from.");
    }

    private static bool IsUnpriced(MemoryStyle style, MemoryTable? memories) =>
        style == MemoryStyle.FpgaRam || (style == MemoryStyle.Macro && memories is null);

    private static string Whole(double area) => Figures.Count((long)Math.Round(area));

    private static string NameOf(Module module) => module.Parameters.Count == 0
        ? module.Name
        : $"{module.Name} ({string.Join(", ", module.Parameters.Select(p => $"{p.Name}={p.Value}"))})";
}

/// <summary>A parameterisation of a module.</summary>
internal sealed record AreaRow(string Module, long Instances, double Each, bool IsSampled)
{
    public double Area => Instances * Each;
}
