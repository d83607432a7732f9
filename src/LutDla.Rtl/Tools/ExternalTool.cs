using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace LutDla.Rtl.Tools;

/// <summary>Runs the programs that the project needs. A cancelled run kills the program and all of its children.</summary>
/// <param name="Name">Name on the search path: <c>yosys</c>.</param>
/// <param name="Package">Debian package that brings it.</param>
public sealed record ExternalTool(string Name, string Package)
{
    private const int KeptMessageLines = 40;

    // What a tool leaves behind when it is killed is in the scratch folder that it works in. And Yosys puts this path into a
    // command of the shell as it is: this one has nothing that a shell would run.
    private static readonly Dictionary<string, string?> Environment = new() { ["TMPDIR"] = "." };

    public static ExternalTool Verilator { get; } = new("verilator", "verilator");

    public static ExternalTool Make { get; } = new("make", "make");

    public static ExternalTool Compiler { get; } = new("g++", "g++");

    public static ExternalTool Icarus { get; } = new("iverilog", "iverilog");

    public static ExternalTool Yosys { get; } = new("yosys", "yosys");

    public static ExternalTool OpenSta { get; } = new("sta", "opensta");

    /// <returns>Whatever the exit code is.</returns>
    /// <exception cref="MissingToolException">The program cannot be started.</exception>
    public async Task<ToolOutput> TryRunAsync(string workingDirectory, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        try
        {
            var result = await Cli.Wrap(Name)
                .WithWorkingDirectory(workingDirectory)
                .WithArguments(arguments)
                .WithEnvironmentVariables(Environment)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellation);
            return new ToolOutput(result.ExitCode, result.StandardOutput, result.StandardError, result.RunTime);
        }
        catch (Win32Exception e)
        {
            throw new MissingToolException(this, e);
        }
    }

    /// <exception cref="ToolException">The program cannot be started, or its exit code is not 0.</exception>
    public async Task<ToolOutput> RunAsync(string workingDirectory, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var output = await TryRunAsync(workingDirectory, arguments, cancellation);
        return output.ExitCode == 0 ? output : throw Failure(workingDirectory, arguments, output);
    }

    /// <summary>First line of what the program prints for a version option: part of every cache key that depends on it.</summary>
    public async Task<string> VersionAsync(string option, CancellationToken cancellation)
    {
        var output = await RunAsync("/", [option], cancellation);
        return output.StandardOutput.Split('\n')[0].Trim();
    }

    public ToolException Failure(string workingDirectory, IReadOnlyList<string> arguments, ToolOutput output) => new(
        $"{Name} ended with {output.ExitCode}:\n{Tail(output.StandardOutput)}{Tail(output.StandardError)}" +
        $"It was run in {workingDirectory} as: {Name} {string.Join(' ', arguments)}");

    private static string Tail(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(lines.Skip(lines.Length - KeptMessageLines).Select(line => line + "\n"));
    }
}
