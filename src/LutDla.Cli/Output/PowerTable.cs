using System.Globalization;
using LutDla.Exploration.Power;
using Spectre.Console;

namespace LutDla.Cli.Output;

/// <summary>Power by module.</summary>
internal static class PowerTable
{
    public static void Show(Terminal terminal, PowerReport power)
    {
        var table = new Table().AddColumns("module", "mW", "switching", "internal", "clock", "leakage");
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var m in power.Modules)
            table.AddRow(m.Module, Number(m.Milliwatts), Number(m.Switching), Number(m.Internal), Number(m.Clock), Number(m.Leakage));
        table.AddRow(
            "all", Number(power.Milliwatts), Number(power.Modules.Sum(m => m.Switching)), Number(power.Modules.Sum(m => m.Internal)),
            Number(power.Modules.Sum(m => m.Clock)), Number(power.Modules.Sum(m => m.Leakage)));
        terminal.Table(table);
        terminal.Line(string.Create(CultureInfo.InvariantCulture,
            $"{power.Milliwatts:N3} mW at {power.ClockNanoseconds:N2} ns and {power.Volts} V, {power.PicojoulesPerCycle:N1} pJ a cycle, " +
            $"over {Figures.Count(power.Cycles, "cycle")}."));
        foreach (var m in power.Macros)
        {
            terminal.Line($"{m.Macro}: {Figures.Count(m.Instances, "macro")} of {Figures.Count(m.WordBits, "bit")} a word, "
                + $"{Figures.Count(m.Reads, "read")}, {Figures.Count(m.Writes, "write")}.");
        }

        foreach (var note in power.Notes)
            terminal.Line(note);
    }

    private static string Number(double milliwatts) => milliwatts.ToString("N4", CultureInfo.InvariantCulture);
}
