namespace LutDla.Cli.Tests;

public sealed class TracedConversionTests : IDisposable
{
    // A conversion calibrates with eight hundred of them.
    private const int ImageCount = 900;

    private readonly TemporaryFolder _folder = new();

    public TracedConversionTests() => SampleImages.WriteNoise(_folder, ImageCount, side: 28, seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_traced_conversion_draws_its_training_and_lists_the_points()
    {
        await CliProcess.RunAsync(
            "train", "--network", "lenet5", "--epochs", "0", "--data-folder", _folder.Path, "--out", _folder.File("float.safetensors"));

        var run = await ConvertAsync("--visits", "640", "--trace-images", "100", "--trace-steps", "5");

        Assert.Equal(0, run.ExitCode);
        var training = CliProcess.Result(run).GetProperty("training");
        Assert.Equal([0, 320, 640], training.GetProperty("accuracies").EnumerateArray().Select(point => point.GetProperty("visits").GetInt32()));
        Assert.Contains("float network", await File.ReadAllTextAsync(_folder.File("trace.svg"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var untrained = await ConvertAsync("--preset", "fast");

        Assert.Equal(2, untrained.ExitCode);
        Assert.Contains("There is no training to follow.", untrained.StandardError, StringComparison.Ordinal);
    }

    private Task<CliWrap.Buffered.BufferedCommandResult> ConvertAsync(params string[] options) => CliProcess.RunAsync(
    [
        "convert", "--weights", _folder.File("float.safetensors"), "--data-folder", _folder.Path, "--out", _folder.File("out.safetensors"),
        "--trace", _folder.File("trace.svg"), "--json", "-", .. options,
    ]);
}
