using System.CommandLine;
using System.Diagnostics;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Hardware.Configuration;
using LutDla.Rtl.Cosimulation.Regression;
using LutDla.Rtl.Tools;

namespace LutDla.Cli.Commands;

/// <summary>The regression of a design without a network: random layers at the extremes, under random conditions, seed by seed.</summary>
internal static class VerifyCommand
{
    private const string ConfigName = "--config";
    private const string RandomName = "--random-configs";

    private sealed record Request(string? Config, int RandomConfigs, int Seeds, int? Minutes, bool Coverage, string? Junit);

    public static Command Create()
    {
        var config = new PathOption<string?>(ConfigName, PathUse.Stays)
        {
            HelpName = "FILE", Description = "Design configuration, such as configs/edge.json.",
        };
        var random = Options.Integer(
            RandomName, "Random legal designs to run, too, or instead: those numbered from 0 on; a number is always the same design.",
            0, 10_000).WithDefault(0);
        var seeds = Options.Integer("--seeds", "Seeds to run, from --seed on.", 1, 1_000_000).WithDefault(20);
        var minutes = Options.OptionalInteger("--minutes", "No seed is started any more after so many minutes.", 1, 100_000);
        var coverage = new Option<bool>("--coverage")
        {
            Description = "Also count which lines of the Verilog ran and which bits changed; slower.",
        };
        var junit = new PathOption<string?>("--junit", PathUse.IsWritten)
        {
            HelpName = "FILE", Description = "Also write a JUnit report, a test case a seed.",
        };
        return CommandRun.Define(
            "verify",
            "Runs random layers through a design: sizes at the edges of tiles and buffers, values at the extremes, layers back to back, " +
            "stalls, resets in mid-run. Compares every index, result and, without stalls, cycle; a seed repeats its run.",
            "lutdla verify --config configs/edge.json --seeds 20",
            [config, random, seeds, minutes, coverage, junit],
            run => RunAsync(run, new(
                run.Find(config), run.Get(random), run.Get(seeds), run.Find(minutes), run.Find(coverage), run.FindOutput(junit))));
    }

    private static async Task<Outcome> RunAsync(CommandRun run, Request request)
    {
        if (request.Config is null && request.RandomConfigs == 0)
            throw Refuse(ConfigName, "(none)", "There is no design to verify.", $"Give {ConfigName} or {RandomName}.");
        if (run.Seed > int.MaxValue - request.Seeds)
            throw Refuse("--seed", $"{run.Seed}", "The last seed must be below 2^31.", "Begin with a smaller one.");

        var designs = RegressionRun.Designs(request.Config is { } file ? DesignFile.Load(file) : null, request.RandomConfigs);
        var clock = Stopwatch.StartNew();
        var result = await run.Terminal.TrackAsync("verify", async track =>
        {
            var done = 0;
            var regression = new RegressionRun(designs)
            {
                CountsCode = request.Coverage,
                IsTimeOver = () => request.Minutes is { } limit && clock.Elapsed.TotalMinutes >= limit,
                Done = _ => track.Report(Interlocked.Increment(ref done), request.Seeds),
            };
            return await regression.RunAsync(run.Seed, request.Seeds, ContentCache.Default, run.Cancellation);
        });

        RegressionText.Show(run.Terminal, result, request.Seeds, seed => Again(request, seed));
        if (request.Junit is { } junit)
        {
            JUnitFile.Write(
                junit, "verify", [.. result.Seeds.Select(s => new JUnitCase($"{s.Design}, seed {s.Seed}", s.RunTime, s.Problem))]);
        }

        return new(result.IsEqual ? ExitCode.Success : ExitCode.Mismatch, RegressionJson.Of(result, request.Coverage));
    }

    private static InvalidInputException Refuse(string key, string value, string rule, string mend) =>
        new("command line", key, value, rule, mend);

    /// <summary>The command that repeats a seed.</summary>
    private static string Again(Request request, int seed)
    {
        var config = request.Config is { } file ? $" {ConfigName} {file}" : "";
        var random = request.RandomConfigs > 0 ? $" {RandomName} {request.RandomConfigs}" : "";
        return $"lutdla verify{config}{random} --seed {seed} --seeds 1";
    }
}
