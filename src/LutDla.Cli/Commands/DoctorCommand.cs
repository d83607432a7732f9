using System.CommandLine;
using LutDla.Cli.Doctor;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>Says what is installed, what needs it, and how to get what is missing.</summary>
internal static class DoctorCommand
{
    public static Command Create() => CommandRun.Define(
        "doctor",
        "Lists every external tool with its version, what needs it and how to get it. " +
        "Ends with 0 only if the demonstration and the tests have all they need, and nothing is too old.",
        "lutdla doctor",
        [],
        RunAsync);

    private static async Task<Outcome> RunAsync(CommandRun run)
    {
        List<Finding> findings = [];
        foreach (var tool in ToolNeed.All)
            findings.Add(await tool.CheckAsync(run.Cancellation));
        findings.AddRange([TrainingNeeds.CheckLibtorch(), TrainingNeeds.CheckFashionMnist(), Processor.Check(), CacheUse.Check()]);

        var table = new Table().AddColumns("", "tool", "found", "needed for", "how to get it");
        foreach (var finding in findings)
            table.AddRow(Cells(finding));
        run.Terminal.Table(table);

        Tell(run, "Missing", findings.Where(f => f.IsFault && !f.IsFound));
        Tell(run, "Too old", findings.Where(f => f.IsTooOld));
        if (findings.Any(f => f.IsFault))
            return new(ExitCode.Mismatch, findings);
        run.Terminal.Line("All that the demonstration and the tests need is there.");
        return new(ExitCode.Success, findings);
    }

    private static void Tell(CommandRun run, string what, IEnumerable<Finding> findings)
    {
        if (findings.Select(f => f.Name).ToArray() is { Length: > 0 } names)
            run.Terminal.Line($"{what}: {string.Join(", ", names)}.");
    }

    private static Text[] Cells(Finding finding) =>
    [
        new(finding.IsTooOld ? "TOO OLD" : finding.IsFound ? "ok" : finding.Required ? "MISSING" : "-"),
        new(finding.Name),
        new(finding.Version ?? "not found"),
        new(finding.NeededFor),
        new(finding.IsFound && !finding.IsTooOld ? "" : finding.Mend),
    ];
}
