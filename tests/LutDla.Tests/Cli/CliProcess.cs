using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;

namespace LutDla.Tests.Cli;

/// <summary>Runs the built <c>lutdla</c> as users do: as a process with its output redirected.</summary>
internal static partial class CliProcess
{
    private const int InterruptSignal = 2;

    private const int KillSignal = 9;

    // The SDK that runs this test also runs the command, whatever the PATH is.
    private static readonly string Dotnet = Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>
    /// Where the command was built: <c>artifacts/bin/LutDla.Tests/CONFIGURATION</c> has <c>artifacts/bin/LutDla.Cli/CONFIGURATION</c> as
    /// its neighbour.
    /// </summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "LutDla.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))));

    private static readonly string Command = Path.Combine(Folder, "lutdla.dll");

    public static Task<BufferedCommandResult> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string?>(), arguments);

    public static Task<BufferedCommandResult> RunAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        RunAsync(Folder, environment, arguments);

    /// <param name="folder">Holds <c>lutdla.dll</c> and all that it needs.</param>
    public static async Task<BufferedCommandResult> RunAsync(
        string folder, IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        await CliWrap.Cli.Wrap(Dotnet)
            .WithArguments([Path.Combine(folder, "lutdla.dll"), .. arguments])
            .WithEnvironmentVariables(environment)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    /// <summary>Runs a script of bash in which <c>"$@"</c> is the command with its arguments.</summary>
    public static async Task<BufferedCommandResult> RunInShellAsync(string script, params string[] arguments) =>
        await CliWrap.Cli.Wrap("bash")
            .WithArguments(["-c", script, "bash", Dotnet, Command, .. arguments])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    /// <summary>Presses Ctrl-C as soon as a line of the standard output holds <paramref name="text"/>.</summary>
    public static Task<BufferedCommandResult> RunUntilAsync(string text, params string[] arguments) => SignalAsync(InterruptSignal, text, arguments);

    /// <summary>Kills the process, without a chance to tidy up, as soon as a line of the standard output holds <paramref name="text"/>.</summary>
    public static Task<BufferedCommandResult> KillAtAsync(string text, params string[] arguments) => SignalAsync(KillSignal, text, arguments);

    /// <summary>The result part of what <c>--json -</c> printed.</summary>
    public static JsonElement Result(BufferedCommandResult run) => JsonDocument.Parse(run.StandardOutput).RootElement.GetProperty("result");

    private static async Task<BufferedCommandResult> SignalAsync(int signal, string text, string[] arguments)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var seen = new TaskCompletionSource();
        var run = CliWrap.Cli.Wrap(Dotnet).WithArguments([Command, .. arguments]).WithValidation(CommandResultValidation.None)
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
            {
                output.AppendLine(line);
                if (line.Contains(text, StringComparison.Ordinal))
                    seen.TrySetResult();
            }))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        await Task.WhenAny(seen.Task, run.Task);
        if (seen.Task.IsCompleted)
            Assert.Equal(0, Kill(run.ProcessId, signal)); // CliWrap's own way loses the exit code
        var result = await run;
        return new BufferedCommandResult(result.ExitCode, result.StartTime, result.ExitTime, output.ToString(), error.ToString());
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
