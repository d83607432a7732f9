using System.Text.Json;
using LutDla.Golden.Reference;

namespace LutDla.Cli.Tests;

public sealed class InferTests : IDisposable
{
    private const int ImageCount = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly string _network;

    public InferTests()
    {
        _network = SampleNetwork.Write(_folder);
        SampleImages.Write(_folder, ImageCount, SampleNetwork.Side);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Accuracy_is_the_share_of_labels_that_the_reference_form_finds()
    {
        var logits = GoldenNetwork.Run(SampleNetwork.Network, new byte[SampleNetwork.Side * SampleNetwork.Side]);
        var found = Array.IndexOf(logits, logits.Max());

        var run = await InferAsync("--confusion", "--json", "-");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("All examples are of class 0, so the share says little", run.StandardError, StringComparison.Ordinal);
        var result = CliProcess.Result(run);
        Assert.Equal(found == 0 ? 1 : 0, result.GetProperty("accuracy").GetDouble());
        Assert.Equal(ImageCount, result.GetProperty("confusion")[0][found].GetInt32());
    }

    [Fact]
    public async Task Fewer_images_can_be_asked_for() =>
        Assert.Equal(2, CliProcess.Result(await InferAsync("--images", "2", "--json", "-")).GetProperty("images").GetInt32());

    [Fact]
    public async Task Images_of_another_shape_end_with_2()
    {
        SampleImages.Write(_folder, ImageCount, SampleNetwork.Side + 1);

        var run = await InferAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("must have the images that small takes: 5 x 5 x 1, not 6 x 6 x 1.", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_artefact_ends_with_2_and_json_says_nothing()
    {
        await File.WriteAllTextAsync(_network, "{}", TestContext.Current.CancellationToken);

        var run = await InferAsync("--json", _folder.File("result.json"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("net.safetensors", run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("result.json", _folder.Names);
    }

    [Fact]
    public async Task Json_to_a_file_is_valid_and_text_stays_on_the_standard_output()
    {
        var run = await InferAsync("--json", _folder.File("result.json"));

        Assert.Contains("images/s", run.StandardOutput, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File("result.json"), TestContext.Current.CancellationToken));
        Assert.Equal("infer", json.RootElement.GetProperty("command").GetString());
    }

    private Task<CliWrap.Buffered.BufferedCommandResult> InferAsync(params string[] options) =>
        CliProcess.RunAsync(["infer", "--network", _network, "--data-folder", _folder.Path, .. options]);
}
