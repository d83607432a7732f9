using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace LutDla.Cli.Doctor;

/// <summary>A program on the PATH that prints its version.</summary>
/// <param name="Package">The package that brings it on Debian and Ubuntu.</param>
internal sealed record ExternalTool(string Command, string VersionOption, bool Required, string NeededFor, string Package)
{
    public static IReadOnlyList<ExternalTool> All { get; } =
    [
        new("dotnet", "--version", Required: true, "building LutDla", "dotnet-sdk-10.0"),
        new("g++", "--version", Required: true, "simulate: compiling the simulation", "g++"),
        new("make", "--version", Required: true, "simulate: compiling the simulation", "make"),
        new("verilator", "--version", Required: true, "simulate; lint tests", "verilator"),
        new("yosys", "-V", Required: true, "synth; synthesis tests", "yosys"),
        new("iverilog", "-V", Required: true, "lint and gate-level tests", "iverilog"),
        new("sta", "-version", Required: false, "timing of netlists by hand", "opensta"),
    ];

    public async Task<Finding> CheckAsync(CancellationToken cancellation) =>
        new(Command, await VersionAsync(cancellation), Required, NeededFor, $"apt-get install {Package}");

    private async Task<string?> VersionAsync(CancellationToken cancellation)
    {
        try
        {
            var run = await CliWrap.Cli.Wrap(Command).WithArguments([VersionOption]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellation);
            return run.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "found";
        }
        catch (Win32Exception)
        {
            return null; // not on the PATH
        }
    }
}
