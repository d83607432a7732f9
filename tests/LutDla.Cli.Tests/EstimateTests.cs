using System.Text.Json;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;

namespace LutDla.Cli.Tests;

public sealed class EstimateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly string _network;

    public EstimateTests() => _network = SampleNetwork.Write(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_layer_has_the_cycles_of_its_schedule()
    {
        var (estimate, schedule) = (await ResultAsync("estimate", "--images", "3"), await ResultAsync("schedule", "--images", "3"));

        Assert.Equal(Of(schedule, "name"), Of(estimate, "name"));
        Assert.Equal(Of(schedule, "shape"), Of(estimate, "shape"));
        Assert.Equal(Of(schedule, "cycles"), Of(estimate, "cycles"));
        Assert.Equal(schedule.GetProperty("cycles").GetInt64(), estimate.GetProperty("cycles").GetInt64());
    }

    [Fact]
    public async Task A_narrow_memory_is_the_limit_and_its_latency_counts_once_a_layer()
    {
        var (near, far) = (
            await ResultAsync("estimate", "--memory-bytes", "1"),
            await ResultAsync("estimate", "--memory-bytes", "1", "--memory-latency", "1000"));

        Assert.All(Of(near, "limit"), limit => Assert.Equal("\"memory\"", limit));
        Assert.All(
            Of(near, "cycles").Zip(Of(far, "cycles")),
            cycles => Assert.Equal(1000, long.Parse(cycles.Second, null) - long.Parse(cycles.First, null)));
    }

    [Fact]
    public async Task People_see_every_layer_what_limits_it_and_the_orders_of_the_loops()
    {
        var run = await CliProcess.RunAsync("estimate", "--network", _network, "--config", Config("edge"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("omega", run.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("| M, N, K ", run.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("| N, K, M LUT-stationary ", run.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("Exact, so not on the core: depthwise.", run.StandardOutput, StringComparison.Ordinal);
    }

    // LeNet-5 by hand: pixels of the results, kernels of 25, sub-vectors of 4 channels, of 1 where the image is read.
    [Fact]
    public async Task A_float_network_has_the_layers_that_a_conversion_would_give_it()
    {
        var run = await CliProcess.RunAsync(
            "estimate", "--network", Float, "--config", Config("edge"), "--layer", "fc2=exact", "--images", "2", "--json", "-");

        Assert.Equal(0, run.ExitCode);
        var result = CliProcess.Result(run);
        Assert.Equal(
            [
                ("conv1", 2 * 28 * 28, 25, 6, 25), ("conv2", 2 * 10 * 10, 25 * 2, 16, 150), ("fc1", 2, 100, 120, 400),
                ("fc3", 2, 21, 10, 84),
            ],
            result.GetProperty("layers").EnumerateArray().Select(layer => (layer.GetProperty("shape"), layer)).Select(pair => (
                pair.layer.GetProperty("name").GetString(), pair.Item1.GetProperty("row_count").GetInt32(),
                pair.Item1.GetProperty("subspace_count").GetInt32(), pair.Item1.GetProperty("column_count").GetInt32(),
                pair.layer.GetProperty("input_count").GetInt32())));
        Assert.Equal(["fc2"], result.GetProperty("exact_layers").EnumerateArray().Select(name => name.GetString()));
        Assert.False(result.GetProperty("is_converted").GetBoolean());
        Assert.Contains("Exact, so not on the core: fc2.", run.StandardError, StringComparison.Ordinal);
        Assert.Contains("Not converted yet", run.StandardError, StringComparison.Ordinal);
    }

    // Three stages of three blocks of two convolutions, the first convolution and the linear layer.
    [Fact]
    public async Task Published_weights_are_those_of_the_architecture_that_is_named()
    {
        var data = Environment.GetEnvironmentVariable("LUTDLA_DATA") ?? "";
        var weights = Path.Combine(data, "cifar10-resnet", "resnet20.safetensors");
        Assert.SkipUnless(File.Exists(weights), "LUTDLA_DATA names no folder that holds cifar10-resnet/resnet20.safetensors.");

        var run = await CliProcess.RunAsync(
            "estimate", "--network", weights, "--config", Config("edge"), "--architecture", "resnet20", "--input", "32x32x3",
            "--json", "-");

        Assert.Equal(0, run.ExitCode);
        var rows = CliProcess.Result(run).GetProperty("layers").EnumerateArray()
            .Select(layer => layer.GetProperty("shape").GetProperty("row_count").GetInt32()).ToList();
        Assert.Equal([.. Enumerable.Repeat(1024, 7), .. Enumerable.Repeat(256, 6), .. Enumerable.Repeat(64, 6), 1], rows);
    }

    [Theory]
    [InlineData("--architecture = resnet20\n    has no meaning without --input.", "--architecture", "resnet20")]
    [InlineData("--input = 32x32\n    must be rows x columns x channels, such as 32x32x3.", "--input", "32x32", "--architecture", "vgg11")]
    [InlineData("--input, height = 8", "--input", "8x8x3", "--architecture", "resnet20")]
    [InlineData("layers = fc9=exact\n    The pattern must match a layer.", "--layer", "fc9=exact")]
    [InlineData("fc1=c300: c = 300", "--layer", "fc1=c300")]
    [InlineData("fc1.vector_length = 8\n    must be at most similarity.vector_length = 4 of the design edge.", "--layer", "fc1=v8")]
    [InlineData("nodes = no LUT layer", "--layer", "*=exact")]
    public async Task A_float_network_that_is_told_wrongly_ends_with_2(string message, params string[] options)
    {
        var run = await CliProcess.RunAsync(["estimate", "--network", Float, "--config", Config("edge"), .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_converted_network_is_not_told_what_it_says_itself()
    {
        var run = await CliProcess.RunAsync("estimate", "--network", _network, "--config", Config("edge"), "--layer", "linear=exact");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("This network is converted already and says itself what it is.", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_technology_the_area_is_the_sum_of_the_modules()
    {
        var technology = SampleTechnology.Write(_folder, Kinds);

        var run = await CliProcess.RunAsync("estimate", "--config", Config("tiny"), "--technology", technology, "--json", "-");

        Assert.Equal(0, run.ExitCode);
        var result = CliProcess.Result(run);
        var modules = result.GetProperty("modules").EnumerateArray().ToList();
        Assert.Equal(
            modules.Sum(m => m.GetProperty("instances").GetInt64() * m.GetProperty("each").GetDouble()),
            result.GetProperty("area").GetDouble(), 6);
        Assert.Contains(modules, m => m.GetProperty("module").GetString()!.StartsWith("rescale_unit (", StringComparison.Ordinal));
        Assert.Contains("no wires, placement or clock tree.", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_technology_that_does_not_know_a_module_ends_with_2()
    {
        var technology = SampleTechnology.Write(_folder, Kinds.Where(kind => kind != "lane"));

        var run = await CliProcess.RunAsync("estimate", "--config", Config("tiny"), "--technology", technology);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("kinds = lane\n    the design has such modules", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_design_for_an_FPGA_has_no_area_in_cells()
    {
        var technology = SampleTechnology.Write(_folder, Kinds);

        var run = await CliProcess.RunAsync("estimate", "--config", Config("edge"), "--technology", technology);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "Cells of a library are no RAM of an FPGA: choose other memories.tables.", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_network_technology_and_memories_there_is_nothing_to_say()
    {
        var run = await CliProcess.RunAsync("estimate", "--config", Config("tiny"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "--network, --technology, --memories = (none)\n    at least one must be given.", run.StandardError, StringComparison.Ordinal);
    }

    private static string Float => Repository.File("networks", "lenet5-fashion.safetensors");

    private static IEnumerable<string> Kinds => SampleTechnology.Kinds(Core.From(DesignFile.Load(Config("tiny"))));

    private async Task<JsonElement> ResultAsync(string command, params string[] options)
    {
        var run = await CliProcess.RunAsync([command, "--network", _network, "--config", Config("edge"), .. options, "--json", "-"]);
        Assert.Equal(0, run.ExitCode);
        return CliProcess.Result(run);
    }

    private static IReadOnlyList<string> Of(JsonElement result, string property) =>
        [.. result.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty(property).GetRawText())];

    private static string Config(string name) => Repository.File("configs", $"{name}.json");
}
