namespace LutDla.Cli.Tests;

public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_command_wrote_stands_in_the_table()
    {
        SampleImages.Write(_folder, count: 3, SampleNetwork.Side);
        var result = _folder.File("infer.json");
        await CliProcess.RunAsync("infer", "--network", SampleNetwork.Write(_folder), "--data-folder", _folder.Path, "--json", result);

        var run = await CliProcess.RunAsync("report", "--results", result, "--json", "-");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("LUT accuracy, small, 3 images", CliProcess.Result(run)[0].GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.Contains("infer (infer.json)", run.StandardError, StringComparison.Ordinal);
    }

    // Without labels the float network is the measure, so that its own share would be 100 % whatever it is worth.
    [Fact]
    public async Task A_conversion_without_labels_has_no_accuracy()
    {
        var file = _folder.File("convert.json");
        const string Json =
            """
            { "command": "convert", "result": { "network": "net", "test_images": 20, "is_labelled": false, "float_accuracy": null,
              "accuracy": null, "points_lost": null, "agreement": 0.95, "totals": { "share_replaced": 1 } } }
            """;
        await File.WriteAllTextAsync(file, Json, TestContext.Current.CancellationToken);

        var run = await CliProcess.RunAsync("report", "--results", file);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("same class as the float network, net, 20 examples +\\| 95.00 %", run.StandardOutput);
        Assert.DoesNotContain("accuracy", run.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{ \"command\": \"infer\", \"result\": {} }")]
    [InlineData("{ \"command\": \"infer\", \"result\": { \"network\": 1 } }")]
    [InlineData("{ \"command\": \"doctor\", \"result\": [] }")]
    public async Task A_file_that_is_no_result_ends_with_2(string json)
    {
        var file = _folder.File("bad.json");
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);

        var run = await CliProcess.RunAsync("report", "--results", file);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--results = {file}\n    must be what convert, infer, simulate or synth wrote with --json FILE", run.StandardError, StringComparison.Ordinal);
    }
}
