using LutDla.Golden.Artefact;
using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Cli.Tests;

public sealed class ScheduleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly string _network;

    public ScheduleTests() => _network = SampleNetwork.Write(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_lut_layer_has_a_row_and_the_cycles_add_up()
    {
        var run = await CliProcess.RunAsync("schedule", "--network", _network, "--config", Config("edge"), "--images", "3", "--json", "-");

        Assert.Equal(0, run.ExitCode);
        var result = CliProcess.Result(run);
        var layers = result.GetProperty("layers").EnumerateArray().ToList();
        Assert.Equal(
            SampleNetwork.Network.Nodes.OfType<LutNode>().Select(n => n.Name), layers.Select(l => l.GetProperty("name").GetString()));
        Assert.Equal(["depthwise"], result.GetProperty("exact_layers").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains("Exact, so not on the core: depthwise.", run.StandardError, StringComparison.Ordinal);
        Assert.Equal(result.GetProperty("cycles").GetInt64(), layers.Sum(l => l.GetProperty("cycles").GetInt64()));
        Assert.All(
            layers, l => Assert.InRange(l.GetProperty("cycles").GetInt64(), l.GetProperty("lookups").GetInt64() / 64, long.MaxValue));
    }

    [Fact]
    public async Task Every_layer_has_as_many_times_the_rows_as_there_are_images()
    {
        var (one, three) = (await RowsAsync(1), await RowsAsync(3));

        Assert.NotEmpty(one);
        Assert.Equal(one.Select(rows => 3 * rows), three);
    }

    // The linear layer has a row an image: 256 fill a tile.
    [Theory]
    [InlineData("schedule")]
    [InlineData("estimate")]
    public async Task Rows_of_several_images_share_a_tile(string command)
    {
        var (one, tile, more) = (await LinearAsync(command, 1), await LinearAsync(command, 256), await LinearAsync(command, 257));

        Assert.InRange(tile, one + 1, 16 * one);
        Assert.InRange(more, tile + 1, tile + one);
    }

    [Theory]
    [InlineData("schedule")]
    [InlineData("simulate")]
    public async Task A_network_that_does_not_fit_the_design_ends_with_2_and_every_reason(string command)
    {
        SampleImages.Write(_folder, count: 1, SampleNetwork.Side);

        string[] data = command == "simulate" ? ["--data-folder", _folder.Path] : [];

        var run = await CliProcess.RunAsync([command, "--network", _network, "--config", Config("reference"), .. data]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("must be the metric L2 of the design reference.", run.StandardError, StringComparison.Ordinal);
        Assert.Contains("problems", run.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schedule")]
    [InlineData("simulate")]
    public async Task A_network_without_LUT_layers_ends_with_2(string command)
    {
        ArtefactFile.Write(
            _network,
            SampleNetwork.Network with { Nodes = [new ExactNode(
                "all", ["input"], SampleNetworks.Exact(1, 4, groups: 1, SampleNetworks.Kernel1))] });
        SampleImages.Write(_folder, count: 1, SampleNetwork.Side);
        string[] data = command == "simulate" ? ["--data-folder", _folder.Path] : [];

        var run = await CliProcess.RunAsync([command, "--network", _network, "--config", Config("edge"), .. data]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nodes = no LUT layer", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_rows_than_are_counted_end_with_2_and_say_how_many_images_may_be()
    {
        ArtefactFile.Write(_network, new QuantizedNetwork
        {
            Name = "large",
            Input = new InputQuantizer
            {
                Height = 512, Width = 512, Channels = 1, ActivationBits = 8, Codes = [.. Enumerable.Repeat((short)1, 256)],
            },
            Nodes = [new LutNode("conv", ["input"], SampleNetworks.Layer(1, 4, SampleNetworks.Kernel1, v: 1, c: 4, DistanceMetric.L1))],
        });

        var run = await CliProcess.RunAsync("schedule", "--network", _network, "--config", Config("edge"), "--images", "10000");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "--images = 10000\n    conv then has 2621440000 rows, 262144 an image; a schedule has at most 2147483647.\n" +
            "    Give at most 8191 images.",
            run.StandardError, StringComparison.Ordinal);
        Assert.Equal(
            0, (await CliProcess.RunAsync("schedule", "--network", _network, "--config", Config("edge"), "--images", "8191")).ExitCode);
    }

    [Theory]
    [InlineData("Required argument missing for option: '--network'.", "--network")]
    [InlineData("--images = 0\n    must be a whole number from 1 to 10000.", "--images", "0")]
    public async Task A_wrong_option_ends_with_2(string message, params string[] options)
    {
        var run = await CliProcess.RunAsync(["schedule", "--config", Config("edge"), .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
    }

    // Cycles.
    private async Task<long> LinearAsync(string command, int images)
    {
        var run = await CliProcess.RunAsync(
            command, "--network", _network, "--config", Config("edge"), "--images", $"{images}", "--json", "-");
        return CliProcess.Result(run).GetProperty("layers").EnumerateArray().Single(l => l.GetProperty("name").GetString() == "linear")
            .GetProperty("cycles").GetInt64();
    }

    private async Task<int[]> RowsAsync(int images)
    {
        var run = await CliProcess.RunAsync(
            "schedule", "--network", _network, "--config", Config("edge"), "--images", $"{images}", "--json", "-");
        var layers = CliProcess.Result(run).GetProperty("layers").EnumerateArray();
        return [.. layers.Select(l => l.GetProperty("shape").GetProperty("row_count").GetInt32())];
    }

    private static string Config(string name) => Repository.File("configs", $"{name}.json");
}
