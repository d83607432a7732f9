using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace LutDla.Rtl.Tools;

/// <summary>Runs the programs that the project needs. A cancelled run kills the program and all of its children.</summary>
/// <param name="Name">Name on the search path, <c>yosys</c>, or a path.</param>
/// <param name="Package">Debian package that brings it; nothing for a program that was built here.</param>
public sealed record ExternalTool(string Name, string? Package)
{
    private const int KeptMessageLines = 40;

    private const int LauncherFindsNothing = 127;

    // What a tool leaves behind when it is killed is in the scratch folder that it works in. And Yosys puts this path into a
    // command of the shell as it is: this one has nothing that a shell would run.
    private static readonly Dictionary<string, string?> Variables = new() { ["TMPDIR"] = "." };

    public static ExternalTool Dotnet { get; } = new(
        "dotnet", "dotnet-sdk-10.0") { Least = new(10, 0), Reason = "the projects are for .NET 10" };

    public static ExternalTool Verilator { get; } = new("verilator", "verilator") { Least = new(5, 0), Reason = "4 has no --no-timing" };

    public static ExternalTool Compiler { get; } = new("g++", "g++") { Least = new(10, 0) };

    public static ExternalTool Make { get; } = new("make", "make") { Least = new(4, 0) };

    public static ExternalTool Yosys { get; } = new("yosys", "yosys") { Least = new(0, 23), VersionOption = "-V" };

    /// <summary>
    /// A later Yosys, compiled to WebAssembly and run by Node. The launcher says where it looks for the package @yowasp/yosys.
    /// </summary>
    public static ExternalTool YowaspYosys { get; } = new("yowasp-yosys", null)
    {
        Least = new(0, 55), VersionOption = "-V", Launcher = "yowasp-yosys.mjs", Mend = "npm install --global @yowasp/yosys",
    };

    public static ExternalTool Icarus { get; } = new("iverilog", "iverilog") { Least = new(11, 0), VersionOption = "-V" };

    public static ExternalTool OpenSta { get; } = new("sta", "opensta") { Least = new(2, 0), VersionOption = "-version" };

    /// <summary>The oldest version that the project takes.</summary>
    public Version Least { get; init; } = new(0, 0);

    /// <summary>Why no older one, for messages.</summary>
    public string Reason { get; init; } = "older ones were never tried";

    public string VersionOption { get; init; } = "--version";

    /// <summary>How to get it; nothing for a program that was built here.</summary>
    public string Mend { get; init; } = Package is null ? "" : $"apt-get install {Package}";

    /// <summary>A script for Node that stands for the program, in the folder <c>launchers</c> beside this assembly.</summary>
    public string? Launcher { get; init; }

    /// <returns>Whatever the exit code is.</returns>
    /// <exception cref="MissingToolException">The program is not installed.</exception>
    /// <exception cref="ToolException">It cannot be started.</exception>
    public async Task<ToolOutput> TryRunAsync(string workingDirectory, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var program = ProgramPath.Find(Launcher is null ? Name : "node") ?? throw new MissingToolException(this);
        string[] launcher = Launcher is null ? [] : [Path.Combine(AppContext.BaseDirectory, "launchers", Launcher)];
        try
        {
            var result = await Cli.Wrap(program)
                .WithWorkingDirectory(workingDirectory)
                .WithArguments([.. launcher, .. arguments])
                .WithEnvironmentVariables(Variables)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellation);
            if (Launcher is not null && result.ExitCode == LauncherFindsNothing)
                throw new MissingToolException(this);
            return new ToolOutput(result.ExitCode, result.StandardOutput, result.StandardError, result.RunTime);
        }
        catch (Win32Exception e)
        {
            throw new ToolException($"{program} cannot be started. {e.Message}", e);
        }
    }

    /// <exception cref="ToolException">The program cannot be started, or its exit code is not 0.</exception>
    public async Task<ToolOutput> RunAsync(string workingDirectory, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var output = await TryRunAsync(workingDirectory, arguments, cancellation);
        return output.ExitCode == 0 ? output : throw Failure(workingDirectory, arguments, output);
    }

    /// <summary>What the program prints as its version: part of every cache key that depends on it.</summary>
    /// <exception cref="ToolException">It cannot be started, or is too old.</exception>
    public async Task<string> VersionAsync(CancellationToken cancellation)
    {
        var version = await FindVersionAsync(cancellation);
        return IsTooOld(version)
            ? throw new ToolException($"{Name} is too old: {version.Text}. {Least} or later is needed: {Reason}. Install it: {Mend}")
            : version.Text;
    }

    /// <summary>The same of a program that may be too old.</summary>
    /// <exception cref="ToolException">It cannot be started.</exception>
    public async Task<ToolVersion> FindVersionAsync(CancellationToken cancellation)
    {
        var output = await RunAsync("/", [VersionOption], cancellation);
        return new ToolVersion(output.StandardOutput.Split('\n')[0].Trim());
    }

    /// <summary>A version without a number, of a development build for instance, is taken for new.</summary>
    public bool IsTooOld(ToolVersion version) => version.Number is { } number && number < Least;

    public ToolException Failure(string workingDirectory, IReadOnlyList<string> arguments, ToolOutput output) => new(
        $"{Name} ended with {output.ExitCode}:\n{Tail(output.StandardOutput)}{Tail(output.StandardError)}" +
        $"It was run in {workingDirectory} as: {Name} {string.Join(' ', arguments)}");

    private static string Tail(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(lines.Skip(lines.Length - KeptMessageLines).Select(line => line + "\n"));
    }
}
