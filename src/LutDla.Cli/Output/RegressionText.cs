using LutDla.Rtl.Cosimulation.Regression;
using Spectre.Console;

namespace LutDla.Cli.Output;

/// <summary>A regression for people: what ran where, what went wrong first and how to repeat it, what was not met.</summary>
internal static class RegressionText
{
    private const int ShownFailures = 5;
    private const int ShownPoints = 40;

    /// <param name="asked">Seeds that were to run.</param>
    /// <param name="again">The command that repeats a seed.</param>
    public static void Show(Terminal terminal, RegressionResult result, int asked, Func<int, string> again)
    {
        var table = new Table().AddColumns("design", "seeds", "layers", "transfers", "cycles", "result");
        foreach (var design in result.Seeds.GroupBy(s => s.Design))
        {
            var failed = design.Count(s => s.Problem is not null);
            table.AddRow(
                design.Key, Figures.Count(design.Count()), Figures.Count(design.Sum(s => s.Layers.Count)),
                Figures.Count(design.Sum(s => s.Transfers)), Figures.Count(design.Sum(s => s.Cycles)),
                failed == 0 ? "equal" : $"{failed} DIFFERENT");
        }

        terminal.Table(table);
        ShowBins(terminal, result);
        ShowCode(terminal, result.Code);
        ShowFailures(terminal, result, again);
        var late = result.Seeds.Count < asked ? $", {Figures.Count(asked - result.Seeds.Count)} not started in time" : "";
        terminal.Line(
            $"{Figures.Count(result.Seeds.Count(s => s.Problem is null))} of {Figures.Count(result.Seeds.Count, "seed")} equal{late}: " +
            $"{Figures.Count(result.Seeds.Sum(s => s.Transfers), "transfer")} compared in " +
            $"{Figures.Count(result.Seeds.Sum(s => s.Cycles), "cycle")}.");
    }

    private static void ShowBins(Terminal terminal, RegressionResult result)
    {
        var bins = result.BinTable().ToList();
        terminal.Line($"Met {bins.Count(b => b.Times > 0)} of {Figures.Count(bins.Count, "situation")}.");
        foreach (var (bin, _, whyNever) in bins.Where(b => b.Times == 0))
            terminal.Line($"  not met: {bin.Name}{(whyNever is null ? "" : $": cannot be, {whyNever}")}.");
    }

    private static void ShowCode(Terminal terminal, CodeCoverage code)
    {
        foreach (var kind in code.Points.GroupBy(p => p.Point.Kind))
            terminal.Line($"{kind.Key}s: {Figures.Count(kind.Count(p => p.Times > 0))} of {Figures.Count(kind.Count())} met.");
        var missed = code.Points.Where(p => p.Times == 0).Select(p => p.Point).ToList();
        foreach (var point in missed.Take(ShownPoints))
        {
            var reason = KnownGaps.Reason(point) is { } known ? $": {known}" : "";
            terminal.Line($"  not met: {point.File}:{point.Line}: {point.What}{reason}.");
        }

        if (missed.Count > ShownPoints)
            terminal.Line($"  and {Figures.Count(missed.Count - ShownPoints)} more; --json has all of them.");
    }

    private static void ShowFailures(Terminal terminal, RegressionResult result, Func<int, string> again)
    {
        var failures = result.Seeds.Where(s => s.Problem is not null).ToList();
        foreach (var seed in failures.Take(ShownFailures))
        {
            terminal.Line($"{seed.Design}, seed {seed.Seed}, {seed.Conditions}: {seed.Problem}");
            terminal.Line($"  To repeat it: {again(seed.Seed)}");
        }

        if (failures.Count > ShownFailures)
            terminal.Line($"  and {Figures.Count(failures.Count - ShownFailures)} more; --json and --junit have all of them.");
    }
}
