using System.CommandLine;
using System.Globalization;
using LutDla.Cli.Output;
using LutDla.Exploration.Calibration;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Synthesis;
using LutDla.Rtl.Tools;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>Learns what modules cost in a technology, so that estimates need no synthesis.</summary>
internal static class CalibrateCommand
{
    public static Command Create()
    {
        var liberty = Options.Path("--liberty", PathUse.Stays, "FILE", "Cells of an ASIC process (.lib or .lib.gz).");
        var target = Options.Path("--out", PathUse.IsWritten, "FILE", "Technology file to write.");
        var jobs = Options.Integer("--jobs", "Runs of Yosys at once.", 1, 256).WithDefault(Environment.ProcessorCount);
        return CommandRun.Define(
            "calibrate",
            "Synthesises some hundred modules of a technology, each alone, and fits what a module costs by what it is made of. " +
            "A run that was stopped goes on where it was.",
            "lutdla calibrate --liberty cells.lib.gz --out cells.json",
            [liberty, target, jobs],
            run => RunAsync(run, run.Get(liberty), run.GetOutput(target), run.Get(jobs)));
    }

    private static async Task<Outcome> RunAsync(CommandRun run, string liberty, string target, int jobs)
    {
        var library = LibertyLibrary.Load(liberty);
        var calibration = new Calibration(
            SynthesisTarget.ForLiberty(library), library.Sha256, library.Cells.Values.Any(c => c is { IsLatch: true, Area: > 0 }), jobs);
        var model = await run.Terminal.TrackAsync("calibrate", track => calibration.RunAsync(
            ContentCache.Default, (done, all) => track.Report(done, all, $"{all} modules"), run.Cancellation));
        TechnologyFile.Write(target, model);
        Show(run.Terminal, model);
        run.Terminal.Line($"written: {target}");
        return new(ExitCode.Success, new
        {
            model.Library, model.Yosys,
            Kinds = model.Area.Select(k => new { Name = k.Key, k.Value.Samples, k.Value.MeanError, k.Value.WorstError }),
        });
    }

    private static void Show(Terminal terminal, TechnologyModel model)
    {
        var table = new Table().AddColumns("module", "samples", "mean error", "worst error", "area");
        foreach (var (name, kind) in model.Area.OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            table.AddRow(
                name, $"{kind.Samples}", Error(kind, kind.MeanError), Error(kind, kind.WorstError),
                string.Join(" + ", kind.Terms.Where(t => t.Each > 0).Select(Text)));
        }

        terminal.Table(table);
        terminal.Line("errors: of samples that were left out of the fit, one at a time.");
    }

    // A single sample cannot be left out.
    private static string Error(KindModel kind, double error) => kind.Samples == 1 ? "-" : Figures.Percent(error);

    private static string Text(TermCost term) => string.Create(CultureInfo.InvariantCulture, $"{term.Each:0.##} {term.Name}");
}
