using System.CommandLine;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Synthesis;
using LutDla.Exploration.Timing;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Rtl;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Cli.Commands;

/// <summary>Maps a core to a technology and counts what comes out, module by module.</summary>
internal static class SynthCommand
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var target = Options.OptionalChoice(
            "--target", "What to map to; left out: generic. liberty needs --liberty.", Enum.GetValues<Technology>(), Spell);
        var liberty = new PathOption<string?>("--liberty", PathUse.Stays)
        {
            HelpName = "FILE", Description = "Cells of an ASIC process (.lib or .lib.gz).",
        };
        var latchArea = Options.Integer(
            "--latch-area", "Area of a latch where the library says 0, in its unit; 0 refuses such a design.", 0, 1_000_000)
            .WithDefault(0);
        var period = Options.Integer("--clock", "Clock period that the logic is optimised for, in picoseconds.", 100, 1_000_000)
            .WithDefault(10_000);
        var goal = Options.OptionalChoice(
            "--goal", "What the choice of a Liberty file's cells aims at; left out: delay.", Enum.GetValues<MappingGoal>(), Spell);
        var fullAdders = new Option<bool>("--full-adders")
        {
            Description = "Finds full adders among the gates and takes a Liberty file's cell for them.",
        };
        var booth = Options.OptionalChoice(
            "--booth", "With --yosys yowasp and a Liberty file: whether multipliers become sums of Booth rows. Left out: on.",
            Enum.GetValues<Toggle>(), Spell);
        var gates = Options.OptionalInteger(
            "--clock-gates",
            "The same: flip-flops with a common enable, from which on a clock gate takes its place; 0: none. Left out: " +
            $"{SynthesisRequest.WorthAClockGate}.",
            0, 65536);
        var yosys = Options.OptionalChoice(
            "--yosys", "Which Yosys: system, the one on the search path; yowasp, a later one that npm brings. Left out: system.",
            Enum.GetValues<YosysBuild>(), Spell);
        var kept = new Option<string[]>("--keep")
        {
            HelpName = "MODULE", AllowMultipleArgumentsPerToken = true,
            Description = "Only these modules stay modules; the rest is flattened and optimised together. Without it all stay.",
        };
        var power = new PowerOptions();
        return CommandRun.Define(
            "synth",
            "Synthesises a design configuration with Yosys: area, slowest path and power, or LUT, FF and RAM, by module; "
            + "checks that each memory became what it was meant to be.",
            "lutdla synth --config configs/edge.json --target xilinx --json synth.json",
            [config, target, liberty, latchArea, period, goal, fullAdders, booth, gates, yosys, kept, .. power.All],
            run =>
            {
                var mapping = new Mapping(
                    Target(run.Find(target) ?? Technology.Generic, run.Find(liberty), run.Get(latchArea)),
                    run.Get(period), run.Find(goal), run.Get(fullAdders), run.Find(booth), run.Find(gates),
                    run.Find(yosys) ?? YosysBuild.System);
                mapping.Check();
                return RunAsync(run, run.Get(config), run.Find(kept) ?? [], mapping, power);
            });
    }

    private static async Task<Outcome> RunAsync(CommandRun run, string config, string[] kept, Mapping mapping, PowerOptions power)
    {
        var core = Core.From(DesignFile.Load(config));
        var layer = power.Layer(run, core);
        if (layer is not null)
            mapping.CheckPower();
        var files = new DesignRenderer(TemplateRenderer.Default).Render(core);
        var standard = CoreSynthesis.Request(core, files, mapping.Target).By(mapping.Yosys);
        var request = standard with
        {
            ClockPeriodPicoseconds = mapping.ClockPeriodPicoseconds,
            Goal = mapping.Goal ?? MappingGoal.Delay,
            ExtractsFullAdders = mapping.FullAdders,
            BoothMultipliers = mapping.Booth is { } booth ? booth == Toggle.On : standard.BoothMultipliers,
            LeastGatedFlipFlops = mapping.LeastGated is { } least ? (least == 0 ? null : least) : standard.LeastGatedFlipFlops,
            Hierarchy = kept.Length == 0 ? HierarchyPolicy.KeepAll : HierarchyPolicy.Keep(Known(kept, files)),
        };
        run.Terminal.Line($"{core.TopName}: synthesis for {request.Target.Name} (kept for later runs) ...");
        var mapped = await YosysSynthesis.RunAsync(request, ContentCache.Default, run.Cancellation);
        var report = mapped.Report;
        SynthesisTables.ShowCells(run.Terminal, report);

        var (timing, untimed) = await TimingAsync(run, mapped, request);
        var measured = layer is null
            ? null
            : await power.MeasureAsync(run, core, files, mapped, layer, mapping.ClockPeriodPicoseconds);
        if (measured is not null)
            PowerTable.Show(run.Terminal, measured);
        return new(report.Memories.All(m => m.IsAsMeant) ? ExitCode.Success : ExitCode.Mismatch, new
        {
            Design = core.Name, report.Target, core.LookupsPerCycle, report.Area, AreaPerLookup = report.Area / core.LookupsPerCycle,
            report.LookupTables, report.Totals, report.CellTypes, report.Modules, report.Memories, report.Notes,
            Timing = timing, WithoutTimingBecause = untimed, Power = measured,
        });
    }

    // The areas are worth having without the times, so a missing tool is no failure.
    private static async Task<(TimingReport? Timing, string? Untimed)> TimingAsync(
        CommandRun run, MappedDesign mapped, SynthesisRequest request)
    {
        if (request.Target.Library is null)
            return (null, "Only the cells of a Liberty file have delays.");
        try
        {
            var timing = await StaticTiming.RunAsync(mapped, request.ClockPeriodPicoseconds, run.Cancellation);
            SynthesisTables.ShowTiming(run.Terminal, timing);
            return (timing, null);
        }
        catch (MissingToolException e)
        {
            run.Terminal.Line($"No times: {e.Message}");
            return (null, e.Message);
        }
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
        (Technology.Liberty, { } file) =>
            SynthesisTarget.ForLiberty(LibertyLibrary.Load(file)) with { LatchArea = latchArea == 0 ? null : latchArea },
        (Technology.Liberty, null) => throw new InvalidInputException(
            "command line", "--liberty", "(none)", "must name the cells for --target liberty.", "Give a .lib or .lib.gz file."),
        (_, { } file) => throw new InvalidInputException(
            "command line", "--liberty", file, $"has no meaning for --target {Spell(technology)}.", "Say --target liberty."),
        (Technology.Generic, null) => SynthesisTarget.Generic,
        (Technology.Xilinx7, null) => SynthesisTarget.Xilinx7,
        (Technology.Ice40, null) => SynthesisTarget.Ice40,
        _ => throw new InvalidOperationException($"The technology {technology} is not known."),
    };

    private static string Spell(YosysBuild yosys) => yosys.ToString().ToLowerInvariant();

    private static string Spell(MappingGoal goal) => goal.ToString().ToLowerInvariant();

    private static string Spell(Technology technology) =>
        technology == Technology.Xilinx7 ? "xilinx" : technology.ToString().ToLowerInvariant();

    private static string Spell(Toggle toggle) => toggle.ToString().ToLowerInvariant();

    private enum Toggle
    {
        On,
        Off,
    }

    /// <summary>What the design becomes; nothing for a goal that was not said.</summary>
    /// <param name="LeastGated">See <see cref="SynthesisRequest.LeastGatedFlipFlops"/>; 0: none, null: not said.</param>
    private sealed record Mapping(
        SynthesisTarget Target, int ClockPeriodPicoseconds, MappingGoal? Goal, bool FullAdders, Toggle? Booth, int? LeastGated,
        YosysBuild Yosys)
    {
        public void CheckPower()
        {
            if (Target.Library is null)
            {
                throw new InvalidInputException(
                    "command line", "--power", "given", $"has no meaning for --target {Spell(Target.Technology)}.",
                    "Say --target liberty.");
            }
        }

        public void Check()
        {
            (string Option, string Value)[] later =
                [.. Given(("--booth", Booth is { } booth ? Spell(booth) : null), ("--clock-gates", $"{LeastGated}"))];
            (string Option, string Value)[] ofCells =
            [
                .. Given(("--goal", Goal is { } goal ? Spell(goal) : null), ("--full-adders", FullAdders ? "given" : null)), .. later,
            ];
            if (Target.Library is null && ofCells is [var (option, value), ..])
            {
                throw new InvalidInputException(
                    "command line", option, value, $"has no meaning for --target {Spell(Target.Technology)}.", "Say --target liberty.");
            }

            if (Yosys == YosysBuild.System && later is [var (pass, given), ..])
            {
                throw new InvalidInputException(
                    "command line", pass, given, $"needs Yosys {ExternalTool.YowaspYosys.Least} or later.", "Say --yosys yowasp.");
            }
        }

        private static IEnumerable<(string Option, string Value)> Given(params IEnumerable<(string Option, string? Value)> options) =>
            options.Where(o => !string.IsNullOrEmpty(o.Value)).Select(o => (o.Option, o.Value ?? ""));
    }
}
