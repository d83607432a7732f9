using LutDla.Rtl.Tools;

namespace LutDla.Cli.Doctor;

/// <summary>An external tool, and what stops without it.</summary>
internal sealed record ToolNeed(ExternalTool Tool, bool Required, string NeededFor)
{
    public static IReadOnlyList<ToolNeed> All { get; } =
    [
        new(ExternalTool.Dotnet, Required: true, "building LutDla"),
        new(ExternalTool.Compiler, Required: true, "simulate: compiling the simulation"),
        new(ExternalTool.Make, Required: true, "simulate: compiling the simulation"),
        new(ExternalTool.Verilator, Required: true, "simulate; lint tests"),
        new(ExternalTool.Yosys, Required: true, "synth; synthesis tests"),
        new(ExternalTool.YowaspYosys, Required: false, "synth --yosys yowasp"),
        new(ExternalTool.Icarus, Required: true, "lint and gate-level tests"),
        new(ExternalTool.OpenSta, Required: false, "synth: slowest paths of a design of Liberty cells"),
    ];

    public async Task<Finding> CheckAsync(CancellationToken cancellation)
    {
        var finding = new Finding(Tool.Name, null, Required, NeededFor, Tool.Mend);
        try
        {
            var version = await Tool.FindVersionAsync(cancellation);
            return Tool.IsTooOld(version)
                ? finding with
                {
                    Version = version.Text, IsTooOld = true, Mend = $"{Tool.Mend}: {Tool.Least} or later, because {Tool.Reason}",
                }
                : finding with { Version = version.Text };
        }
        catch (ToolException)
        {
            return finding; // not there, or broken: either way it is to be installed
        }
    }
}
