namespace LutDla.Cli.Tests;

public sealed class TrainTests : IDisposable
{
    private const int ImageCount = 64;

    private readonly TemporaryFolder _folder = new();

    public TrainTests() => SampleImages.Write(_folder, ImageCount, side: 28);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Weights_and_accuracy_come_out()
    {
        var run = await CliProcess.RunAsync(Arguments("--epochs", "1", "--json", "-"));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(ImageCount, CliProcess.Result(run).GetProperty("test_images").GetInt32());
        Assert.Contains("lenet.safetensors", _folder.Names);
        Assert.DoesNotContain("lenet.safetensors.checkpoint", _folder.Names);
    }

    [Fact]
    public async Task Interrupted_it_ends_with_130_and_keeps_only_a_checkpoint()
    {
        // The first line of progress says that it is training.
        var run = await CliProcess.RunUntilAsync("float training", Arguments("--epochs", "10000"));

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("Interrupted.", run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("lenet.safetensors", _folder.Names);
        Assert.Equal(["lenet.safetensors.checkpoint"], _folder.Names.Where(name => name.StartsWith("lenet", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Deaf_to_Ctrl_C_it_goes_on_until_it_is_asked_to_end_and_keeps_only_a_checkpoint()
    {
        var run = await CliProcess.RunDeafUntilAsync("float training", Arguments("--epochs", "10000"));

        Assert.Equal(143, run.ExitCode);
        Assert.Contains("Terminated.", run.StandardError, StringComparison.Ordinal);
        Assert.Equal(["lenet.safetensors.checkpoint"], _folder.Names.Where(name => name.StartsWith("lenet", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(
        "--network = lenet\n    must be one of " +
        "lenet5, resnet8, resnet20, resnet32, resnet56, resnet18, resnet34, resnet50, vgg11, encoder, decoder. Did you mean",
        "--network", "lenet", "--out", "x")]
    [InlineData("--epochs = many\n    must be a whole number from 0 to 10000.", "--network", "lenet5", "--out", "x", "--epochs", "many")]
    [InlineData(
        "--data = fashion\n    must be one of fashion-mnist, mnist, cifar10.", "--network", "lenet5", "--out", "x", "--data", "fashion")]
    [InlineData("--out = no/such/folder/x\n    must lie in a folder that exists.", "--network", "lenet5", "--out", "no/such/folder/x")]
    [InlineData("no/such/folder does not hold", "--network", "lenet5", "--out", "x", "--data-folder", "no/such/folder")]
    [InlineData("Option '--out' is required.", "--network", "lenet5")]
    public async Task A_wrong_option_ends_with_2(string message, params string[] options)
    {
        var run = await CliProcess.RunAsync(["train", .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
    }

    private string[] Arguments(params string[] more) =>
        ["train", "--network", "lenet5", "--data-folder", _folder.Path, "--out", _folder.File("lenet.safetensors"), .. more];
}
