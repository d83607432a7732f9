using System.CommandLine;
using System.Globalization;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Exploration.Calibration;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Memories;
using LutDla.Rtl.Tools;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>Learns what modules or memory macros cost in a technology, so that estimates need no synthesis.</summary>
internal static class CalibrateCommand
{
    public static Command Create()
    {
        var liberty = new PathOption<string?>("--liberty", PathUse.Stays)
        {
            HelpName = "FILE", Description = "Cells of an ASIC process (.lib or .lib.gz).",
        };
        var memories = new PathOption<string?>("--memories", PathUse.Stays)
        {
            HelpName = "FILE", Description = "Instead of cells: table of memory macros (.csv), a line a macro.",
        };
        var family = new Option<string?>("--family") { HelpName = "NAME", Description = "Of the table: macros of one kind." };
        var ports = Options.OptionalChoice(
            "--ports", "Of the family's macros: rw reads or writes, r reads, w writes.", SramPortsRules.All, p => p.Word());
        var prefix = new Option<string?>("--macro-prefix")
        {
            HelpName = "TEXT", Description = "Of the table: only macros whose names begin so.",
        };
        var target = Options.Path("--out", PathUse.IsWritten, "FILE", "File to write, for estimate.");
        var jobs = Options.Integer("--jobs", "Runs of Yosys at once.", 1, 256).WithDefault(Environment.ProcessorCount);
        var cores = Options.Integer(
            "--cores", "Whole designs to synthesise and simulate for power and the slowest paths; 0: area and leakage alone.", 0, 200)
            .WithDefault(24);
        Options.Exclude([liberty], memories);
        foreach (var option in new Option[] { family, ports, prefix })
            Options.Require(option, memories);
        Options.Require(jobs, liberty);
        Options.Require(cores, liberty);
        return CommandRun.Define(
            "calibrate",
            "Synthesises some hundred modules of a technology, each alone, and some whole designs, and fits what a module costs by what " +
            "it is made of: area, leakage, energy, the slowest path. A run that was stopped goes on where it was. " +
            "With --memories it fits what memory macros cost instead.",
            "lutdla calibrate --liberty cells.lib.gz --out cells.json",
            [liberty, memories, family, ports, prefix, target, cores, jobs],
            run => (run.Find(liberty), run.Find(memories)) switch
            {
                ({ } cells, _) => RunAsync(run, cells, run.GetOutput(target), run.Get(cores), run.Get(jobs)),
                (_, { } table) => Task.FromResult(MemoryCalibration.Run(
                    run, table, run.Find(family) ?? throw Missing(family), run.Find(ports) ?? throw Missing(ports),
                    run.Find(prefix) ?? "", run.GetOutput(target))),
                _ => throw new InvalidInputException(
                    "command line", "--liberty, --memories", "(none)", "one must be given.",
                    "Name a Liberty file, or a table of memory macros."),
            });
    }

    private static InvalidInputException Missing(Option option) =>
        new("command line", option.Name, "(none)", "must be given with --memories.", $"Add {option.Name} {option.HelpName}.");

    private static async Task<Outcome> RunAsync(CommandRun run, string liberty, string target, int cores, int jobs)
    {
        var calibration = new Calibration(LibertyLibrary.Load(liberty), cores, jobs);
        var model = await run.Terminal.TrackAsync("calibrate", track => calibration.RunAsync(
            ContentCache.Default, (what, done, all) => track.Report(done, all, $"{all} {what}"), run.Cancellation));
        TechnologyFile.Write(target, model);
        foreach (var (quantity, kinds) in model.Costs.OrderBy(q => q.Key))
            Show(run.Terminal, quantity, kinds);
        run.Terminal.Line("errors: of samples that were left out of the fit, one at a time.");
        run.Terminal.Line($"written: {target}");
        return new(ExitCode.Success, new
        {
            model.Library, model.Yosys,
            Quantities = model.Costs.Select(q => new
            {
                Name = q.Key.Word(),
                Kinds = q.Value.Select(k => new { Name = k.Key, k.Value.Samples, k.Value.MeanError, k.Value.WorstError }),
            }),
        });
    }

    private static void Show(Terminal terminal, CostQuantity quantity, IReadOnlyDictionary<string, KindModel> kinds)
    {
        var table = new Table().AddColumns("module", "samples", "mean error", "worst error", quantity.Word());
        foreach (var (name, kind) in kinds.OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            table.AddRow(
                name, $"{kind.Samples}", Error(kind, kind.MeanError), Error(kind, kind.WorstError),
                string.Join(" + ", kind.Terms.Where(t => t.Each > 0).Select(Text)));
        }

        terminal.Table(table);
    }

    // A single sample cannot be left out.
    private static string Error(KindModel kind, double error) => kind.Samples == 1 ? "-" : Figures.Percent(error);

    private static string Text(TermCost term) => string.Create(CultureInfo.InvariantCulture, $"{term.Each:0.##} {term.Name}");
}
