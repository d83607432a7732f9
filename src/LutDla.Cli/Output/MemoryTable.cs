using System.Globalization;
using System.Text.Json;
using LutDla.Exploration.Memories;
using Spectre.Console;

namespace LutDla.Cli.Output;

/// <summary>Memories of a core in macros of a family.</summary>
/// <param name="Memories">The largest first.</param>
internal sealed record MemoryTable(SramModel Model, IReadOnlyList<MacroMemory> Memories)
{
    private const double NanowattsOfMilliwatt = 1e6;

    private static readonly string[] Columns =
    [
        "memory", "copies", "words x bits", "banks", "macros of one", "macro", "area", "used", "read pJ", "write pJ", "access ns",
    ];

    /// <summary>Of all copies, in square micrometres.</summary>
    public double Area => Memories.Sum(m => m.Copies * m.Area);

    public long Macros => Memories.Sum(m => m.Copies * m.Tiling.Macros);

    /// <summary>Of the area of a macro.</summary>
    public string MeanError => Figures.Percent(Model.Costs[SramQuantity.Area].MeanError);

    public object ForJson => new
    {
        Model = new MemoryModelTable(Model).ForJson,
        Each = Memories.Select(m => new
        {
            m.Role, m.Copies, m.Words, m.WordBits, m.Tiling, m.Area, m.Used,
            m.ReadPicojoules, m.WritePicojoules, m.LeakageNanowatts, m.AccessNanoseconds,
        }),
    };

    public void Show(Terminal terminal)
    {
        if (Memories.Count == 0)
        {
            terminal.Line("The design has no memories of the style macro.");
            return;
        }

        var table = new Table().AddColumns(Columns);
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var m in Memories)
        {
            table.AddRow(
                JsonNamingPolicy.SnakeCaseLower.ConvertName($"{m.Role}"),
                Figures.Count(m.Copies), $"{m.Words} x {m.WordBits}", $"{m.Tiling.Banks}",
                Figures.Count(m.Tiling.Macros), $"{m.Tiling.MacroWords} x {m.Tiling.MacroBits}",
                Figures.Count((long)Math.Round(m.Area)),
                Figures.Percent(m.Used), Short(m.ReadPicojoules), Short(m.WritePicojoules), Short(m.AccessNanoseconds));
        }

        terminal.Table(table);
        terminal.Line(
            $"Memories: {Figures.Count((long)Math.Round(Area))} um2 in {Figures.Count(Macros, "macro")}, mean error {MeanError} a macro. "
            + "Area, energy of an access and access time are those of one copy.");
        if (Memories.All(m => m.LeakageNanowatts is not null))
        {
            var leakage = Memories.Sum(m => m.Copies * m.LeakageNanowatts ?? 0) / NanowattsOfMilliwatt;
            terminal.Line($"Leakage of all: {Short(leakage)} mW.");
        }

        if (Model.Ports.Banks() > 1)
        {
            terminal.Line(
                "These macros have one port: a memory is two banks of half of its words, in which a read and a write may never meet.");
            terminal.Line("The RTL of today does not see to that.");
        }

        new MemoryModelTable(Model).Show(terminal);
    }

    private static string Short(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "-";
}
