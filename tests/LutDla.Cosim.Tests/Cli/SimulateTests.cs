using System.Xml.Linq;
using LutDla.Golden.Model;

namespace LutDla.Cosim.Tests.Cli;

public sealed class SimulateTests : IDisposable
{
    private const int ImageCount = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly string _network;

    public SimulateTests()
    {
        _network = SampleNetwork.Write(_folder);
        SampleImages.Write(_folder, ImageCount, SampleNetwork.Side);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task Every_layer_is_equal_and_on_schedule_unless_stalled(int stallSeed)
    {
        var run = await CliProcess.RunAsync(
            "simulate", "--network", _network, "--config", Repository.File("configs", "edge.json"),
            "--data-folder", _folder.Path, "--images", $"{ImageCount}", "--stalls", $"{stallSeed}", "--json", "-", "--junit", _folder.File("junit.xml"));

        Assert.Equal(0, run.ExitCode);
        var result = CliProcess.Result(run);
        Assert.True(result.GetProperty("equal").GetBoolean());
        Assert.Equal(ImageCount, result.GetProperty("images").GetInt32());
        Assert.Equal(["depthwise"], result.GetProperty("exact_layers").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(stallSeed == 0, result.GetProperty("cycles").GetInt64() == result.GetProperty("scheduled_cycles").GetInt64());
        var report = XDocument.Load(_folder.File("junit.xml"));
        Assert.All(report.Descendants("testsuite"), suite => Assert.Equal("0", (string?)suite.Attribute("failures")));
        Assert.Equal(
            SampleNetwork.Network.Nodes.OfType<LutNode>().Select(n => n.Name),
            report.Descendants("testcase").Select(c => (string?)c.Attribute("name")));
    }

    [Fact]
    public async Task Every_layer_of_a_network_of_tokens_is_equal()
    {
        SampleTokenNetwork.WriteSequences(_folder);

        var run = await CliProcess.RunAsync(
            "simulate", "--network", SampleTokenNetwork.Write(_folder), "--config", Repository.File("configs", "edge.json"),
            "--tokens", _folder.Path, "--json", "-");

        Assert.Equal(0, run.ExitCode);
        var result = CliProcess.Result(run);
        Assert.True(result.GetProperty("equal").GetBoolean());
        Assert.Equal(2, result.GetProperty("images").GetInt32());
        Assert.Equal(5, result.GetProperty("layers").GetArrayLength());
    }
}
