using System.Globalization;
using LutDla.Exploration.Synthesis;
using LutDla.Exploration.Timing;
using Spectre.Console;

namespace LutDla.Cli.Output;

/// <summary>Tables of a mapped design: cells and area by module, slowest paths by module.</summary>
internal static class SynthesisTables
{
    public static void ShowCells(Terminal terminal, SynthesisReport report)
    {
        CellKind[] kinds = [.. Enum.GetValues<CellKind>().Where(k => report.Count(k) > 0)];
        var hasArea = report.Area is not null;
        var table = new Table().AddColumns(
            ["module", "instances", .. kinds.Select(k => $"{k}"), .. hasArea ? (string[])["area each", "area"] : []]);
        foreach (var m in report.Modules)
        {
            string[] areas = hasArea ? [Area(m.AreaPerInstance), Area(m.TotalArea)] : [];
            table.AddRow(
                [m.Module, Figures.Count(m.Instances), .. kinds.Select(k => Figures.Count(m.Cells.GetValueOrDefault(k))), .. areas]);
        }

        table.AddRow(
            ["all", "", .. kinds.Select(k => Figures.Count(report.Count(k))), .. hasArea ? (string[])["", Area(report.Area)] : []]);
        terminal.Table(table);

        if (report.LookupTables > 0)
            terminal.Line($"Look-up tables: {Figures.Count(report.LookupTables)}.");
        foreach (var m in report.Memories)
        {
            terminal.Line($"{(m.IsAsMeant ? "ok" : "NOT AS MEANT")}: {m.Module} is meant to be {m.Meant}: "
                + $"{Figures.Count(m.RamCells, "RAM cell")}, {Figures.Count(m.FlipFlops, "flip-flop")}, "
                + $"{Figures.Count(m.Latches, "latch", "latches")} for {Figures.Count(m.Bits, "bit")}.");
        }

        foreach (var note in report.Notes)
            terminal.Line(note);
    }

    public static void ShowTiming(Terminal terminal, TimingReport timing)
    {
        if (timing.Slowest is not { } slowest)
        {
            terminal.Line("No path ends in a register or an output.");
            return;
        }

        terminal.Line("Slowest paths in ns, by the module that they end in:");
        foreach (var path in timing.Paths)
        {
            terminal.Line($"{Nanoseconds(path.ArrivalNanoseconds),8}  {path.Module}: from {path.From} to {path.To}");
            if (path.Slowest is { } stage)
                terminal.Line($"{"",8}  {Nanoseconds(stage.Nanoseconds)} of it: {stage.CellType} drives {stage.Net}, "
                    + $"fan-out {Figures.Count(stage.FanOut)}, {Number(stage.LoadPicofarads, "F3")} pF");
        }

        var met = slowest.SlackNanoseconds >= 0 ? "is met" : $"is MISSED by {Nanoseconds(-slowest.SlackNanoseconds)} ns";
        terminal.Line($"The clock period of {Nanoseconds(timing.ClockNanoseconds)} ns {met}.");
        foreach (var note in timing.Notes)
            terminal.Line(note);
    }

    private static string Nanoseconds(double value) => Number(value, "F2");

    private static string Area(double? area) => area is { } value ? Number(value, "N0") : "";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
