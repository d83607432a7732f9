using System.CommandLine;
using LutDla.Cli.Doctor;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>Says what is installed, what needs it, and how to get what is missing.</summary>
internal static class DoctorCommand
{
    public static Command Create() => CommandRun.Define(
        "doctor",
        "Lists every external tool with its version, what needs it and how to get it. Ends with 0 only if the demonstration and the tests have all they need.",
        "lutdla doctor",
        [],
        RunAsync);

    private static async Task<Outcome> RunAsync(CommandRun run)
    {
        List<Finding> findings = [];
        foreach (var tool in ToolNeed.All)
            findings.Add(await tool.CheckAsync(run.Cancellation));
        findings.AddRange([TrainingNeeds.CheckLibtorch(), TrainingNeeds.CheckFashionMnist(), Processor.Check()]);

        var table = new Table().AddColumns("", "tool", "found", "needed for", "how to get it");
        foreach (var finding in findings)
            table.AddRow(Cells(finding));
        run.Terminal.Table(table);

        var missing = findings.Where(f => f.Required && !f.IsFound).ToList();
        run.Terminal.Line(missing.Count == 0 ? "All that the demonstration and the tests need is there." : $"Missing: {string.Join(", ", missing.Select(f => f.Name))}.");
        return new(missing.Count == 0 ? ExitCode.Success : ExitCode.Mismatch, findings);
    }

    private static Text[] Cells(Finding finding) =>
    [
        new(finding.IsFound ? "ok" : finding.Required ? "MISSING" : "-"),
        new(finding.Name),
        new(finding.Version ?? "not found"),
        new(finding.NeededFor),
        new(finding.IsFound ? "" : finding.Mend),
    ];
}
