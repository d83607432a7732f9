namespace LutDla.Cli.Tests;

/// <summary>A conversion that was stopped, in whatever way, goes on to what an undisturbed one makes.</summary>
public sealed class StoppedConversionTests : IDisposable
{
    private const int Killed = 128 + 9;

    private const int Interrupted = 130;

    // Lines that hold it come every hundred steps; there are two hundred.
    private const string Training = "table training";

    private const string Visits = "12800";

    private readonly TemporaryFolder _folder = new();

    public StoppedConversionTests() => SampleImages.WriteNoise(_folder, count: 256, side: 28, seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_and_then_interrupted_it_ends_in_the_bytes_of_an_undisturbed_run()
    {
        await ExpectAsync(0, CliProcess.RunAsync(
            "train", "--network", "lenet5", "--epochs", "0", "--data-folder", _folder.Path, "--out", _folder.File("float.safetensors")));
        await ExpectAsync(0, CliProcess.RunAsync(Convert("whole.safetensors")));

        await ExpectAsync(Killed, CliProcess.KillAtAsync(Training, Convert("stopped.safetensors")));
        Assert.Contains("stopped.safetensors.checkpoint", _folder.Names);
        await ExpectAsync(Interrupted, CliProcess.RunUntilAsync(Training, Convert("stopped.safetensors")));
        Assert.DoesNotContain("stopped.safetensors", _folder.Names);
        await ExpectAsync(0, CliProcess.RunAsync(Convert("stopped.safetensors")));

        Assert.Equal(File.ReadAllBytes(_folder.File("whole.safetensors")), File.ReadAllBytes(_folder.File("stopped.safetensors")));
        Assert.DoesNotContain("stopped.safetensors.checkpoint", _folder.Names);
    }

    private static async Task ExpectAsync(int exitCode, Task<CliWrap.Buffered.BufferedCommandResult> run)
    {
        var result = await run;
        Assert.True(exitCode == result.ExitCode, $"{result.ExitCode} instead of {exitCode}: {result.StandardOutput}{result.StandardError}");
    }

    private string[] Convert(string target) =>
    [
        "convert", "--weights", _folder.File("float.safetensors"), "--preset", "deep", "--visits", Visits, "--data-folder", _folder.Path,
        "--out", _folder.File(target),
    ];
}
