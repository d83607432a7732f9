using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Rtl.Linting;

/// <summary>
/// Reads a design with three tools that disagree about what is legal, and takes a warning of any of them for a fault: Verilator
/// for widths and unused signals, Icarus for the language (Verilog-2005), Yosys for synthesis (no loops, no undriven or doubly
/// driven wires, and each module with its defaults as well as with the design's parameters). A design that was clean once is not
/// read again.
/// </summary>
public static class Lint
{
    private const string Waivers = "lint/waivers.vlt";
    private const string YosysChecks = "proc; check -assert";

    /// <inheritdoc cref="RunAsync(IReadOnlyList{VerilogFile}, string, ExternalTool, ContentCache, CancellationToken)"/>
    public static Task<LintReport> RunAsync(
        IReadOnlyList<VerilogFile> files, string top, ContentCache cache, CancellationToken cancellation = default) =>
        RunAsync(files, top, ExternalTool.Yosys, cache, cancellation);

    /// <param name="yosys">Which Yosys reads the design.</param>
    /// <exception cref="ToolException">A tool is missing.</exception>
    public static async Task<LintReport> RunAsync(
        IReadOnlyList<VerilogFile> files, string top, ExternalTool yosys, ContentCache cache, CancellationToken cancellation = default)
    {
        VerilogFile[] waivers = TemplateRenderer.Default.Has(Waivers) ? [new("waivers.vlt", TemplateRenderer.Default.Copy(Waivers))] : [];
        var versions = await Task.WhenAll(
            ExternalTool.Verilator.VersionAsync(cancellation),
            ExternalTool.Icarus.VersionAsync(cancellation),
            yosys.VersionAsync(cancellation));

        var key = $"{top}-{ContentHash.Of([.. versions, YosysChecks, .. ContentHash.Parts([.. waivers, .. files])])}";
        var report = new LintReport(top, []);
        try
        {
            await cache.GetOrBuildAsync("clean-designs", key, async _ =>
            {
                report = new LintReport(top, await FindingsAsync(files, waivers, top, yosys, cancellation));
                if (!report.IsClean)
                    throw new NotCleanException();
            }, cancellation);
        }
        catch (NotCleanException)
        {
            return report;
        }

        return report;
    }

    private static async Task<IReadOnlyList<LintFinding>> FindingsAsync(
        IReadOnlyList<VerilogFile> files, IReadOnlyList<VerilogFile> waivers, string top, ExternalTool yosys,
        CancellationToken cancellation)
    {
        using var scratch = new ScratchFolder();
        foreach (var file in files.Concat(waivers))
            await File.WriteAllTextAsync(scratch.File(file.Name), file.Text, cancellation);

        string[] names = [.. files.Select(f => f.Name)];
        var findings = await Task.WhenAll(
            RunAsync(
                ExternalTool.Verilator,
                ["--lint-only", "-Wall", "--no-timing", "--top-module", top, .. waivers.Select(w => w.Name), .. names]),
            RunAsync(ExternalTool.Icarus, ["-g2005", "-Wall", "-t", "null", "-s", top, .. names]),
            RunAsync(
                yosys,
                ["-q", "-p", $"read_verilog {string.Join(' ', names)}; hierarchy -check -top {top}; {YosysChecks}"]));
        return [.. findings.OfType<LintFinding>()];

        async Task<LintFinding?> RunAsync(ExternalTool tool, IReadOnlyList<string> arguments)
        {
            var output = await tool.TryRunAsync(scratch.Path, arguments, cancellation);
            var messages = (output.StandardOutput + output.StandardError).Trim();
            if (output.ExitCode == 0 && messages.Length == 0)
                return null;
            return new LintFinding(tool.Name, messages.Length > 0 ? messages : $"ended with {output.ExitCode} and no message");
        }
    }

    private sealed class NotCleanException : Exception;
}
