using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;

namespace LutDla.Tests;

/// <summary>Runs the built <c>lutdla</c> as users do: as a process with its output redirected.</summary>
internal static partial class CliProcess
{
    private const int InterruptSignal = 2;

    private const int KillSignal = 9;

    private const int TerminateSignal = 15;

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

    /// <summary>
    /// Presses Ctrl-C as soon as a line of the standard output holds <paramref name="text"/>. The process listens to it even where
    /// the tests do not, under <c>nohup</c> or in the background of a script: what is ignored is inherited.
    /// </summary>
    public static Task<BufferedCommandResult> RunUntilAsync(string text, params string[] arguments) =>
        SignalAsync("exec env --default-signal=INT \"$@\"", text, [InterruptSignal], arguments);

    /// <summary>
    /// Ignores Ctrl-C; presses it at the first line with <paramref name="text"/>, and asks the process to end at the next.
    /// </summary>
    public static Task<BufferedCommandResult> RunDeafUntilAsync(string text, params string[] arguments) =>
        SignalAsync("trap '' INT; exec \"$@\"", text, [InterruptSignal, TerminateSignal], arguments);

    /// <summary>
    /// Kills the process, without a chance to tidy up, as soon as a line of the standard output holds <paramref name="text"/>.
    /// </summary>
    public static Task<BufferedCommandResult> KillAtAsync(string text, params string[] arguments) =>
        SignalAsync("exec \"$@\"", text, [KillSignal], arguments);

    /// <summary>The result part of what <c>--json -</c> printed.</summary>
    public static JsonElement Result(BufferedCommandResult run) => JsonDocument.Parse(run.StandardOutput).RootElement.GetProperty("result");

    // One signal at each line with the text, in the order given. The script ends in exec, so that the process is the command.
    private static async Task<BufferedCommandResult> SignalAsync(string script, string text, int[] signals, string[] arguments)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        using var seen = new SemaphoreSlim(0);
        var run = CliWrap.Cli.Wrap("bash").WithArguments(["-c", script, "bash", Dotnet, Command, .. arguments])
            .WithValidation(CommandResultValidation.None)
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
            {
                output.AppendLine(line);
                if (line.Contains(text, StringComparison.Ordinal))
                    seen.Release();
            }))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        foreach (var signal in signals)
        {
            var line = seen.WaitAsync(TestContext.Current.CancellationToken);
            if (await Task.WhenAny(line, run.Task) == line)
                Assert.Equal(0, Kill(run.ProcessId, signal)); // CliWrap's own way loses the exit code
        }

        var result = await run;
        return new BufferedCommandResult(result.ExitCode, result.StartTime, result.ExitTime, output.ToString(), error.ToString());
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
