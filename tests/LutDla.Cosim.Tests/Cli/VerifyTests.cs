using System.Xml.Linq;
using CliWrap.Buffered;
using LutDla.Cosim.Tests.Mutation;

namespace LutDla.Cosim.Tests.Cli;

public sealed class VerifyTests : IDisposable
{
    private const int Seeds = 4;

    private static readonly string Config = Repository.File("configs", "tiny.json");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_seed_is_a_case_and_a_seed_gives_the_same_again()
    {
        var report = _folder.File("junit.xml");

        var all = await RunAsync(CliProcess.Folder, "--seed", "3", "--seeds", $"{Seeds}", "--junit", report);
        var one = await RunAsync(CliProcess.Folder, "--seed", "5", "--seeds", "1");

        Assert.Equal((0, 0), (all.ExitCode, one.ExitCode));
        var result = CliProcess.Result(all);
        Assert.True(result.GetProperty("equal").GetBoolean());
        var seeds = result.GetProperty("seeds").EnumerateArray().ToList();
        Assert.Equal([3, 4, 5, 6], seeds.Select(s => s.GetProperty("seed").GetInt32()));
        Assert.Equal(seeds[2].GetRawText(), CliProcess.Result(one).GetProperty("seeds")[0].GetRawText());
        Assert.Contains(result.GetProperty("situations").EnumerateArray(), s => s.GetProperty("times").GetInt64() > 0);
        Assert.Contains("4 of 4 seeds equal", all.StandardError, StringComparison.Ordinal);
        Assert.Equal(
            ["tiny, seed 3", "tiny, seed 4", "tiny, seed 5", "tiny, seed 6"],
            XDocument.Load(report).Descendants("testcase").Select(c => (string?)c.Attribute("name")));
        Assert.Empty(XDocument.Load(report).Descendants("failure"));
    }

    [Fact]
    public async Task Faulty_hardware_ends_with_1_and_the_command_that_repeats_the_seed()
    {
        var report = _folder.File("junit.xml");
        var fault = new TextMutation("lutdla_lane.v", "assign updated_o", "+ extended", "- extended");

        var run = await RunAsync(FaultyInstallation.Make(_folder, "cells", fault), "--seeds", $"{Seeds}", "--junit", report);

        Assert.Equal(1, run.ExitCode);
        Assert.False(CliProcess.Result(run).GetProperty("equal").GetBoolean());
        Assert.Contains($"To repeat it: lutdla verify --config {Config} --seed 1 --seeds 1", run.StandardError, StringComparison.Ordinal);
        var failures = XDocument.Load(report).Descendants("failure").ToList();
        Assert.Equal($"{failures.Count}", (string?)Assert.Single(XDocument.Load(report).Descendants("testsuite")).Attribute("failures"));
        Assert.Contains("result", (string?)failures[0].Attribute("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_and_bits_are_counted_where_that_is_asked_for()
    {
        var run = await RunAsync(CliProcess.Folder, "--seeds", "2", "--coverage");

        Assert.Equal(0, run.ExitCode);
        var points = CliProcess.Result(run).GetProperty("code").EnumerateArray().ToList();
        foreach (var kind in (string[])["line", "bit"])
        {
            var ofKind = points.Where(p => p.GetProperty("kind").GetString() == kind).ToList();
            Assert.Contains(ofKind, p => p.GetProperty("times").GetInt64() > 0);
            Assert.Contains(ofKind, p => p.GetProperty("times").GetInt64() == 0);
        }
    }

    private static Task<BufferedCommandResult> RunAsync(string folder, params string[] options) =>
        CliProcess.RunAsync(folder, new Dictionary<string, string?>(), ["verify", "--config", Config, "--json", "-", .. options]);
}
