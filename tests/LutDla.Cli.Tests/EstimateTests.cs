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
