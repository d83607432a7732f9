using System.Text.Json;

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
