using System.Text.Json;
using System.Xml.Linq;
using CliWrap;
using CliWrap.Buffered;
using LutDla.Tests;
using LutDla.Tests.Cli;

namespace LutDla.Cosim.Tests.Cli;

/// <summary>The command with a fault in its own Verilog: it must say so to people, to scripts and to continuous integration.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_wrong_result_ends_simulate_with_1_and_fails_in_its_reports()
    {
        var lutdla = BrokenCommand("cells/lutdla_lane.v", "+ extended", "- extended");

        var (exitCode, result, suite) = await SimulateAsync(lutdla);

        Assert.Equal(1, exitCode);
        Assert.False(result.GetProperty("equal").GetBoolean());
        Assert.NotEqual(0, (int?)suite.Attribute("failures"));
        Assert.Equal((int?)suite.Attribute("failures"), suite.Descendants("failure").Count());
    }

    [Fact]
    public async Task Right_results_that_come_late_end_simulate_with_1_too()
    {
        // Every lookup waits as those of a tile of one block do.
        var lutdla = BrokenCommand("core/issue.v.scriban", "!(read_single_i && issued_q)", "!(issued_q || (read_single_i && issued_q))");

        var (exitCode, result, suite) = await SimulateAsync(lutdla);

        Assert.Equal(1, exitCode);
        Assert.True(result.GetProperty("equal").GetBoolean());
        Assert.NotEqual(0, (int?)suite.Attribute("failures"));
    }

    [Fact]
    public async Task A_memory_that_is_not_what_it_was_meant_to_be_ends_synth_with_1()
    {
        var lutdla = BrokenCommand("cells/lutdla_memory_fpga_ram.v", "  reg [Width-1:0] words", "  (* ram_style = \"registers\" *)\n  reg [Width-1:0] words");
        var config = _folder.File("ram.json");
        var tiny = await File.ReadAllTextAsync(Repository.File("configs", "tiny.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(config, tiny.Replace("\"memories\": {}", "\"memories\": { \"index_buffer\": \"fpga_ram\" }", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        string[] arguments = ["synth", "--config", config, "--target", "xilinx"];

        Assert.Equal(0, (await CliProcess.RunAsync(arguments)).ExitCode);
        Assert.Equal(1, (await RunAsync(lutdla, arguments)).ExitCode);
    }

    private async Task<(int ExitCode, JsonElement Result, XElement Suite)> SimulateAsync(string lutdla)
    {
        SampleImages.Write(_folder, 1, SampleNetwork.Side);
        var run = await RunAsync(
            lutdla, "simulate", "--network", SampleNetwork.Write(_folder), "--config", Repository.File("configs", "edge.json"),
            "--data-folder", _folder.Path, "--images", "1", "--json", _folder.File("result.json"), "--junit", _folder.File("junit.xml"));
        Assert.True(File.Exists(_folder.File("junit.xml")), run.StandardError);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File("result.json"), TestContext.Current.CancellationToken));
        return (run.ExitCode, json.RootElement.GetProperty("result").Clone(), XDocument.Load(_folder.File("junit.xml")).Descendants("testsuite").Single());
    }

    // The command as it is, but for one template. What is large is linked, not copied.
    private string BrokenCommand(string template, string from, string to)
    {
        const long LargeBytes = 1 << 20;
        var (source, target) = (Path.GetDirectoryName(CliProcess.Command) ?? "", _folder.File("command"));
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? target);
            if (new FileInfo(file).Length > LargeBytes)
                File.CreateSymbolicLink(copy, file);
            else
                File.Copy(file, copy);
        }

        var broken = Path.Combine(target, "hdl-templates", template);
        var text = File.ReadAllText(broken);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(broken, text.Replace(from, to, StringComparison.Ordinal));
        return Path.Combine(target, Path.GetFileName(CliProcess.Command));
    }

    private static async Task<BufferedCommandResult> RunAsync(string lutdla, params string[] arguments) => await CliWrap.Cli.Wrap(CliProcess.Dotnet)
        .WithArguments([lutdla, .. arguments])
        .WithValidation(CommandResultValidation.None)
        .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
}
