using System.Runtime.InteropServices;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;

namespace LutDla.Tests.Cli;

/// <summary>Runs the built <c>lutdla</c> as users do: as a process with its output redirected.</summary>
internal static class CliProcess
{
    // The SDK that runs this test also runs the command, whatever the PATH is.
    private static readonly string Dotnet = Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    // artifacts/bin/LutDla.Tests/<configuration>/ has artifacts/bin/LutDla.Cli/<configuration>/ as its neighbour.
    private static readonly string Command = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "LutDla.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "lutdla.dll"));

    public static Task<BufferedCommandResult> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string?>(), arguments);

    public static async Task<BufferedCommandResult> RunAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        await CliWrap.Cli.Wrap(Dotnet)
            .WithArguments([Command, .. arguments])
            .WithEnvironmentVariables(environment)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    /// <summary>The result part of what <c>--json -</c> printed.</summary>
    public static JsonElement Result(BufferedCommandResult run) => JsonDocument.Parse(run.StandardOutput).RootElement.GetProperty("result");
}
