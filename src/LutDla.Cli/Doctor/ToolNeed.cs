using LutDla.Rtl.Tools;

namespace LutDla.Cli.Doctor;

/// <summary>An external tool, and what stops without it.</summary>
internal sealed record ToolNeed(ExternalTool Tool, string VersionOption, bool Required, string NeededFor)
{
    public static IReadOnlyList<ToolNeed> All { get; } =
    [
        new(new("dotnet", "dotnet-sdk-10.0"), "--version", Required: true, "building LutDla"),
        new(ExternalTool.Compiler, "--version", Required: true, "simulate: compiling the simulation"),
        new(ExternalTool.Make, "--version", Required: true, "simulate: compiling the simulation"),
        new(ExternalTool.Verilator, "--version", Required: true, "simulate; lint tests"),
        new(ExternalTool.Yosys, "-V", Required: true, "synth; synthesis tests"),
        new(ExternalTool.Icarus, "-V", Required: true, "lint and gate-level tests"),
        new(ExternalTool.OpenSta, "-version", Required: false, "synth: slowest paths of a design of Liberty cells"),
    ];

    public async Task<Finding> CheckAsync(CancellationToken cancellation)
    {
        var finding = new Finding(Tool.Name, null, Required, NeededFor, $"apt-get install {Tool.Package}");
        try
        {
            return finding with { Version = await Tool.VersionAsync(VersionOption, cancellation) };
        }
        catch (ToolException)
        {
            return finding; // not there, or broken: either way it is to be installed
        }
    }
}
