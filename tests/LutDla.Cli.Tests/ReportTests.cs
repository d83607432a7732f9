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
        Assert.Contains(
            "LUT accuracy, small, 3 images", CliProcess.Result(run)[0].GetProperty("what").GetString(), StringComparison.Ordinal);
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
    [InlineData("[]", "JSON = a list\n    must be an object.")]
    [InlineData("{}", "command = missing\n    must be there.")]
    [InlineData("{ 'command': 3 }", "command = 3\n    must be a text.")]
    [InlineData("{ 'command': '\\ud800' }", "command = \"\\ud800\"\n    must be a text.")]
    [InlineData("{ 'command': 'doctor', 'result': [] }", "command = \"doctor\"\n    has no figures")]
    [InlineData("{ 'command': 'infer', 'result': [] }", "result = a list\n    must be an object.")]
    [InlineData("{ 'command': 'infer', 'result': {} }", "result.accuracy = missing\n    must be there.")]
    [InlineData(
        "{ 'command': 'infer', 'result': { 'accuracy': 1, 'network': 'a', 'images': 1e308 } }",
        "result.images = 1e308\n    must be a whole number, 0 or more.")]
    [InlineData(
        "{ 'command': 'infer', 'result': { 'accuracy': null, 'images_per_second': 1e999 } }",
        "result.images_per_second = 1e999\n    must be a number.")]
    [InlineData("{ 'command': 'convert', 'result': { 'is_labelled': 1 } }", "result.is_labelled = 1\n    must be true or false.")]
    public async Task A_result_that_is_not_as_it_was_written_is_told_by_its_key(string json, string message)
    {
        var file = _folder.File("bad.json");
        await File.WriteAllTextAsync(file, json.Replace('\'', '"'), TestContext.Current.CancellationToken);

        var run = await CliProcess.RunAsync("report", "--results", file);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{file}: {message}", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_broken_files_each_is_named()
    {
        string[] files = [_folder.Write("r1.json", "{}"u8.ToArray()), _folder.Write("r2.json", "{"u8.ToArray())];

        var run = await CliProcess.RunAsync(["report", "--results", .. files]);

        Assert.Equal(2, run.ExitCode);
        Assert.All(files, file => Assert.Contains(file, run.StandardError, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_file_that_is_no_json_ends_with_2(string json)
    {
        var file = _folder.File("bad.json");
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);

        var run = await CliProcess.RunAsync("report", "--results", file);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            $"--results = {file}\n    must be what convert, infer, simulate or synth wrote with --json FILE", run.StandardError,
            StringComparison.Ordinal);
    }
}
