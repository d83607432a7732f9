using System.Globalization;
using System.Text.Json;

namespace LutDla.Tests.Cli;

/// <summary>Conversions for a design: what is made fits it, or is refused before the work.</summary>
public sealed class DesignConversionTests : IDisposable
{
    private const string Design =
        """
        {
          "name": "odd",
          "similarity": { "metric": "chebyshev", "activation_bits": 6, "vector_length": 3, "centroids": 9 },
          "matching": { "table_bits": 7, "lanes": 4 },
          "tile": { "rows": 16, "maximum_subspaces": 512, "index_buffer_beats": 512 },
          "rescale": { "units": 2 },
          "memories": {}
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public DesignConversionTests() => SampleImages.WriteNoise(_folder, count: 40, side: 28, seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Formats_come_from_the_design_and_it_runs_the_result()
    {
        await TrainAsync();
        await File.WriteAllTextAsync(_folder.File("odd.json"), Design, TestContext.Current.CancellationToken);

        var run = await ConvertAsync("out", "--config", _folder.File("odd.json"), "--json", "-");

        Assert.Equal((0, ""), (run.ExitCode, run.ExitCode == 0 ? "" : run.StandardError));
        var result = CliProcess.Result(run);
        Assert.Equal(("odd", true), (result.GetProperty("design").GetString(), result.GetProperty("fits_design").GetBoolean()));
        Assert.Equal(
            ["1 9 chebyshev 7", "3 9 chebyshev 7"],
            result.GetProperty("layers").EnumerateArray().Select(Format).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("The design odd can run all 5 layers of lookups.", run.StandardError, StringComparison.Ordinal);
        // Activations of more bits would not fit.
        var schedule = await CliProcess.RunAsync("schedule", "--network", _folder.File("out"), "--config", _folder.File("odd.json"));
        Assert.Equal((0, ""), (schedule.ExitCode, schedule.StandardError));
    }

    // The named configuration that users try first is what a conversion makes of itself.
    [Fact]
    public async Task What_is_made_without_a_design_is_what_is_made_for_edge()
    {
        await TrainAsync();

        await ConvertAsync("plain");
        await ConvertAsync("edge", "--config", Repository.File("configs", "edge.json"));

        Assert.Equal(File.ReadAllBytes(_folder.File("plain")), File.ReadAllBytes(_folder.File("edge")));
    }

    [Fact]
    public async Task An_option_that_says_something_else_counts_and_is_told()
    {
        await TrainAsync();

        var run = await ConvertAsync("out", "--config", Repository.File("configs", "edge.json"), "--vector-length", "2");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            "--vector-length 2 is taken instead of similarity.vector_length = 4 of the design edge.", run.StandardOutput,
            StringComparison.Ordinal);
        Assert.Contains("v2,c16,l1,t8", run.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("edge", "conv1.metric = L2\n    must be the metric L1 of the design edge.", "--metric", "l2")]
    [InlineData("tiny", "fc1.subspaces = 200\n    must be at most tile.maximum_subspaces = 64 of the design tiny.")]
    [InlineData("edge", "fc1.vector_length = 8\n    must be at most similarity.vector_length = 4", "--layer", "fc1=v8")]
    public async Task Layers_that_the_design_cannot_run_are_refused_before_the_work(string design, string message, params string[] options)
    {
        await TrainAsync();

        var run = await ConvertAsync("out", ["--config", Repository.File("configs", $"{design}.json"), .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("convert:", run.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("out", _folder.Names);
    }

    [Fact]
    public async Task A_design_for_which_nothing_is_left_is_told_so()
    {
        await TrainAsync();

        var run = await ConvertAsync("out", "--config", Repository.File("configs", "edge.json"), "--layer", "*=exact");

        Assert.Equal(0, run.ExitCode);
        var lines = run.StandardOutput.Split('\n');
        Assert.Contains("0 of 5 layers become lookups, so nothing is left for the design edge.", lines);
        Assert.Contains("The result has no layer of lookups for the design edge.", lines);
    }

    // A step of the preset has 64 examples.
    [Theory]
    [InlineData("5", "Layer by layer, without training (5 of --visits fill no step of 64)", "network as converted, without training")]
    [InlineData("100", "Training sees 64 examples, 64 a step", "trained network")]
    public async Task A_network_counts_as_trained_when_a_step_was_taken(string visits, string before, string after)
    {
        await TrainAsync();

        var run = await ConvertAsync("out", "--visits", visits);

        Assert.Contains(before, run.StandardOutput, StringComparison.Ordinal);
        Assert.Contains($"golden model = {after}: ", run.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("out.checkpoint", _folder.Names);
    }

    [Fact]
    public async Task Without_a_step_a_checkpoint_is_another_runs()
    {
        await TrainAsync();
        await File.WriteAllTextAsync(_folder.File("out.checkpoint"), "another's", TestContext.Current.CancellationToken);

        var beside = await ConvertAsync("out", "--visits", "5");
        var alone = await ConvertAsync("plain", "--visits", "5");

        Assert.Equal((0, 0), (beside.ExitCode, alone.ExitCode));
        Assert.Equal(File.ReadAllBytes(_folder.File("plain")), File.ReadAllBytes(_folder.File("out")));
        Assert.Equal("another's", File.ReadAllText(_folder.File("out.checkpoint")));
    }

    [Fact]
    public async Task Time_is_told_by_what_was_measured_when_training_has_hardly_begun()
    {
        await TrainAsync();

        var run = await ConvertAsync("out", "--preset", "full", "--visits", "200", "--set", "batch_images=2");

        var lines = run.StandardOutput.Split('\n');
        Assert.Contains("Training sees 200 examples, 2 a step; how long it takes is told when its first steps are measured.", lines);
        var first = lines.First(line => line.Contains("table training", StringComparison.Ordinal));
        Assert.Matches(@"ms a step, about \d+(\.\d)? (s|min|h) left$", first);
        // Ten of a hundred steps.
        var percent = int.Parse(first.Split(':')[1].Split('%')[0].Trim(), CultureInfo.InvariantCulture);
        Assert.Equal(10, percent);
    }

    private static string Format(JsonElement layer) => string.Join(
        ' ', new[] { "vector_length", "centroid_count", "metric", "table_bits" }.Select(key => $"{layer.GetProperty(key)}"));

    private Task<CliWrap.Buffered.BufferedCommandResult> TrainAsync() => CliProcess.RunAsync(
        "train", "--network", "lenet5", "--epochs", "0", "--data-folder", _folder.Path, "--out", _folder.File("float.safetensors"));

    private Task<CliWrap.Buffered.BufferedCommandResult> ConvertAsync(string target, params string[] options) => CliProcess.RunAsync(
    [
        "convert", "--weights", _folder.File("float.safetensors"), "--data-folder", _folder.Path, "--out", _folder.File(target),
        .. options.Contains("--preset") ? (string[])[] : ["--preset", "fast"], .. options,
    ]);
}
