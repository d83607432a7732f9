using System.Xml.Linq;
using LutDla.Cosim.Tests.Mutation;
using LutDla.Golden.Artefact;
using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Cosim.Tests.Cli;

/// <summary>Exit code, table, JSON and JUnit say the same about hardware that is wrong.</summary>
public sealed class FailingSimulationTests : IDisposable
{
    private const int Side = 3;

    private static readonly LutLayer Layer = SampleNetworks.Layer(1, 6, SampleNetworks.Kernel3, v: 1, c: 4, DistanceMetric.L1);

    private readonly TemporaryFolder _folder = new();

    /// <summary>Template, fault, what is said of it, and whether results differ.</summary>
    public static TheoryData<string, TextMutation, string, bool> Faults { get; } = new()
    {
        { "cells", new("lutdla_lane.v", "assign updated_o", "+ extended", "- extended"), "result ", true },
        { "core", new("drain.v.scriban", "last_q <= {", "tile_end", "block_end"), "the last bit of the beat is 1, expected 0", true },
        {
            "core", new("index_buffer.v.scriban", "assign read =", "(!valid_q || read_ready_i)", "!valid_q"),
            "equal, but the last result came in cycle", false
        },
    };

    public FailingSimulationTests()
    {
        SampleImages.Write(_folder, count: 1, Side);
        ArtefactFile.Write(_folder.File("net.safetensors"), new QuantizedNetwork
        {
            Name = "small",
            Input = SampleNetworks.Input(Side, Side, 1),
            Nodes = [new LutNode("conv", ["input"], Layer)],
        });
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Faulty_hardware_ends_with_1_and_a_failure_in_the_report(
        string directory, TextMutation fault, string said, bool differs)
    {
        var report = _folder.File("junit.xml");

        var run = await CliProcess.RunAsync(
            FaultyInstallation.Make(_folder, directory, fault), new Dictionary<string, string?>(),
            "simulate", "--network", _folder.File("net.safetensors"), "--config", Repository.File("configs", "tiny.json"),
            "--data-folder", _folder.Path, "--images", "1", "--json", "-", "--junit", report);

        Assert.Equal((1, !differs), (run.ExitCode, CliProcess.Result(run).GetProperty("equal").GetBoolean()));
        Assert.Contains(said, run.StandardError, StringComparison.Ordinal);
        Assert.Equal((byte)'<', File.ReadAllBytes(report)[0]); // no byte order mark
        var suite = Assert.Single(XDocument.Load(report).Descendants("testsuite"));
        Assert.Equal(("1", "1"), ((string?)suite.Attribute("tests"), (string?)suite.Attribute("failures")));
        Assert.Contains(said, (string?)Assert.Single(suite.Descendants("failure")).Attribute("message"), StringComparison.Ordinal);
    }
}
