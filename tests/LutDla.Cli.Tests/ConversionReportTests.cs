namespace LutDla.Cli.Tests;

/// <summary>What a conversion says of itself is what it did.</summary>
public sealed class ConversionReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Errors_say_which_examples_they_are_of_and_nothing_untrained_is_called_trained()
    {
        SampleImages.WriteNoise(_folder, count: 60, side: 28, seed: 1);
        await CliProcess.RunAsync(
            "train", "--network", "lenet5", "--epochs", "0", "--data-folder", _folder.Path, "--out", _folder.File("float.safetensors"));

        var all = await ConvertAsync("--preset", "fast");
        var some = await ConvertAsync("--visits", "64", "--set", "refit.images=40");

        Assert.Contains("golden model = network as converted, without training: all ", all.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("on the 60 examples that they were fitted to, so it is too small", all.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("golden model = trained network: all ", some.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("on 16 examples that they were not fitted to.", some.StandardOutput, StringComparison.Ordinal);
    }

    private Task<CliWrap.Buffered.BufferedCommandResult> ConvertAsync(params string[] options) => CliProcess.RunAsync(
    [
        "convert", "--weights", _folder.File("float.safetensors"), "--data-folder", _folder.Path,
        "--out", _folder.File("out.safetensors"), .. options,
    ]);
}
