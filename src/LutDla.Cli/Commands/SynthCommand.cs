using System.CommandLine;
using System.Globalization;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Rtl;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>Maps a core to a technology and counts what comes out, module by module.</summary>
internal static class SynthCommand
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var target = Options.Choice("--target", "What to map to; liberty needs --liberty.", Enum.GetValues<Technology>(), Spell).WithDefault(Technology.Generic);
        var liberty = new Option<string?>("--liberty") { HelpName = "FILE", Description = "Cells of an ASIC process (.lib or .lib.gz)." };
        var latchArea = Options.Integer("--latch-area", "Area of a latch where the library says 0, in its unit; 0 refuses such a design.", 0, 1_000_000).WithDefault(0);
        var period = Options.Integer("--clock", "Clock period that the logic is optimised for, in picoseconds.", 100, 1_000_000).WithDefault(10_000);
        var kept = new Option<string[]>("--keep")
        {
            HelpName = "MODULE", AllowMultipleArgumentsPerToken = true,
            Description = "Only these modules stay modules; the rest is flattened and optimised together. Without it all stay.",
        };
        return CommandRun.Define(
            "synth",
            "Synthesises a design configuration with Yosys: area, or LUT, FF and RAM, by module; checks that each memory became what it was meant to be.",
            "lutdla synth --config configs/edge.json --target xilinx",
            [config, target, liberty, latchArea, period, kept],
            run => RunAsync(run, run.Get(config), Target(run.Get(target), run.Find(liberty), run.Get(latchArea)), run.Get(period), run.Find(kept) ?? []));
    }

    private static async Task<Outcome> RunAsync(CommandRun run, string config, SynthesisTarget target, int period, string[] kept)
    {
        var core = Core.From(DesignFile.Load(config));
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var request = CoreSynthesis.Request(core, files, target) with
        {
            ClockPeriodPicoseconds = period,
            Hierarchy = kept.Length == 0 ? HierarchyPolicy.KeepAll : HierarchyPolicy.Keep(Known(kept, files)),
        };
        run.Terminal.Line($"{core.TopName}: synthesis for {target.Name} (kept for later runs) ...");
        var report = (await YosysSynthesis.RunAsync(request, ContentCache.Default, run.Cancellation)).Report;

        Show(run, report);
        return new(report.Memories.All(m => m.IsAsMeant) ? ExitCode.Success : ExitCode.Mismatch, new
        {
            Design = core.Name, report.Target, core.LookupsPerCycle, report.Area, AreaPerLookup = report.Area / core.LookupsPerCycle,
            report.LookupTables, report.Totals, report.CellTypes, report.Modules, report.Memories, report.Notes,
        });
    }

    // A name goes into the script of the synthesis, so only those of files that were rendered do.
    private static string[] Known(string[] kept, IReadOnlyList<VerilogFile> files)
    {
        string[] modules = [.. files.Select(f => Path.GetFileNameWithoutExtension(f.Name))];
        InputProblem[] problems = [.. kept.Except(modules).Select(name => new InputProblem(
            "command line", "--keep", name, "is no module of the design.", $"Its modules: {string.Join(", ", modules)}."))];
        return problems.Length == 0 ? kept : throw new InvalidInputException(problems);
    }

    private static SynthesisTarget Target(Technology technology, string? liberty, int latchArea) => (technology, liberty) switch
    {
        (Technology.Liberty, { } file) => SynthesisTarget.ForLiberty(LibertyLibrary.Load(file)) with { LatchArea = latchArea == 0 ? null : latchArea },
        (Technology.Liberty, null) => throw new InvalidInputException("command line", "--liberty", "(none)", "must name the cells for --target liberty.", "Give a .lib or .lib.gz file."),
        (_, { } file) => throw new InvalidInputException("command line", "--liberty", file, $"has no meaning for --target {Spell(technology)}.", "Say --target liberty."),
        (Technology.Generic, null) => SynthesisTarget.Generic,
        (Technology.Xilinx7, null) => SynthesisTarget.Xilinx7,
        (Technology.Ice40, null) => SynthesisTarget.Ice40,
        _ => throw new InvalidOperationException($"The technology {technology} is not known."),
    };

    private static string Spell(Technology technology) => technology == Technology.Xilinx7 ? "xilinx" : technology.ToString().ToLowerInvariant();

    private static void Show(CommandRun run, SynthesisReport report)
    {
        CellKind[] kinds = [.. Enum.GetValues<CellKind>().Where(k => report.Count(k) > 0)];
        var table = new Table().AddColumns(["module", "instances", .. kinds.Select(k => k.ToString()), .. report.Area is null ? (string[])[] : ["area each", "area"]]);
        foreach (var m in report.Modules)
            table.AddRow([m.Module, Figures.Count(m.Instances), .. kinds.Select(k => Figures.Count(m.Cells.GetValueOrDefault(k))), .. Areas(m.AreaPerInstance, m.TotalArea)]);
        table.AddRow(["all", "", .. kinds.Select(k => Figures.Count(report.Count(k))), .. report.Area is null ? (string[])[] : ["", Area(report.Area)]]);
        run.Terminal.Table(table);

        if (report.LookupTables > 0)
            run.Terminal.Line($"Look-up tables: {Figures.Count(report.LookupTables)}.");
        foreach (var m in report.Memories)
            run.Terminal.Line($"{(m.IsAsMeant ? "ok" : "NOT AS MEANT")}: {m.Module} is meant to be {m.Meant}: {m.RamCells} RAM cells, {m.FlipFlops} flip-flops, {m.Latches} latches for {m.Bits} bits.");
        foreach (var note in report.Notes)
            run.Terminal.Line(note);
    }

    private static string[] Areas(double? each, double? all) => each is null ? [] : [Area(each), Area(all)];

    private static string Area(double? area) => area?.ToString("N0", CultureInfo.InvariantCulture) ?? "";
}
