using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace LutDla.Fuzz;

/// <summary>Runs <c>lutdla</c>, here or as a process.</summary>
internal static class CommandRun
{
    /// <summary>The host that runs this, whatever the search path is.</summary>
    public static string Dotnet { get; } = Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>In this process, through the entry that the program has, one at a time.</summary>
    public static async Task<CommandEnd> InProcessAsync(string[] arguments)
    {
        var (oldOutput, oldError) = (Console.Out, Console.Error);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var (watch, allocated) = (Stopwatch.StartNew(), GC.GetTotalAllocatedBytes());
        try
        {
            Console.SetOut(output);
            Console.SetError(error);
            var code = await Cli.CommandLine.RunAsync(arguments);
            return End(code, "");
        }
        // Whatever it is: that there is one is what is looked for.
        catch (Exception exception)
        {
            return End(-1, exception.ToString());
        }
        finally
        {
            Console.SetOut(oldOutput);
            Console.SetError(oldError);
        }

        CommandEnd End(int code, string exception) =>
            new(code, $"{output}", $"{error}", exception, watch.Elapsed, GC.GetTotalAllocatedBytes() - allocated);
    }

    /// <summary>As users do. A process that dies has no message of its own: its last words are its error output.</summary>
    public static async Task<CommandEnd> AsProcessAsync(string[] arguments)
    {
        var command = Path.Combine(AppContext.BaseDirectory, "lutdla.dll");
        var watch = Stopwatch.StartNew();
        var run = await CliWrap.Cli.Wrap(Dotnet).WithArguments([command, .. arguments])
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(Encoding.UTF8);
        var died = run.ExitCode is < 0 or > 3;
        return new CommandEnd(run.ExitCode, run.StandardOutput, run.StandardError, died ? $"ended with {run.ExitCode}\n{run.StandardError}" : "", watch.Elapsed, 0);
    }
}
