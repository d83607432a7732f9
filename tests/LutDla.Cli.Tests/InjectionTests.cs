using CliWrap.Buffered;
using LutDla.Golden.Safetensors;

namespace LutDla.Cli.Tests;

/// <summary>
/// Names in files that are commands of Yosys, Tcl, the shell or Verilog, or paths out of a folder. Each attack would leave a
/// marker; each must end with exit code 2 and one message instead. In the attacks, @ stands for the path of the marker.
/// </summary>
public sealed class InjectionTests : IDisposable
{
    private const string Constant = "pin (Y) { direction : output; function : \"1\"; }";

    private readonly TemporaryFolder _folder = new();

    public InjectionTests() => SampleImages.Write(_folder, count: 2, SampleNetwork.Side);

    private string Marker => _folder.File("marker");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ONE Y -locell ONE Y\n!touch @\nlog ", "cell = ONE Y -locell ONE Y")]
    [InlineData("ONE; exec touch @", "cell = ONE; exec touch")]
    [InlineData("[exec touch @]", "cell = [exec touch")]
    [InlineData("$(touch @)", "cell = $(touch")]
    [InlineData("x }; exec touch @; puts {", "cell = x }; exec touch")]
    [InlineData("x ); initial $system(`touch @`); (", "cell = x ); initial $system")]
    [InlineData("..", "cell = ..")]
    public Task A_cell_of_a_library_cannot_be_a_command(string name, string message) =>
        RefusedAsync(message, SynthesisTo($"cell (\"{name}\") {{ {Constant} }}"));

    [Theory]
    [InlineData("pin (\"Y\n!touch @\n\") { direction : output; function : \"1\"; }", "ONE.pin = Y")]
    [InlineData("pin (\"Y[0]; !touch @\") { direction : output; function : \"1\"; }", "ONE.pin = Y[0]; !touch")]
    [InlineData("pin (Y, \"$(touch @)\") { direction : input; }", "ONE.pin = $(touch")]
    [InlineData("pin () { direction : input; }", "A pin has no name.")]
    [InlineData("pin (A, A) { direction : output; }", "ONE.pin = A\n    A pin is described once.")]
    [InlineData("area : 1e999;", "ONE.area = 1e999\n    An area is a finite number")]
    public Task A_pin_of_a_library_cannot_be_a_command(string pin, string message) =>
        RefusedAsync(message, SynthesisTo($"cell (ONE) {{ {pin} }}"));

    [Theory]
    [InlineData("x\\n!touch @")]
    [InlineData("x; touch @")]
    [InlineData("$(touch @)")]
    [InlineData("../marker")]
    [InlineData("tiny\\n")]
    public async Task A_design_cannot_be_named_as_a_command(string name)
    {
        var config = _folder.File("design.json");
        var text = await File.ReadAllTextAsync(Repository.File("configs", "tiny.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            config, text.Replace("\"tiny\"", $"\"{name}\"", StringComparison.Ordinal).Replace("@", Marker, StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        await RefusedAsync("must match ^[a-z]", "synth", "--config", config);
    }

    [Theory]
    [InlineData("lutdla_lane\n!touch @")]
    [InlineData("lutdla_lane; !touch @")]
    public Task A_module_to_keep_cannot_be_a_command(string module) => RefusedAsync(
        "is no module of the design.", "synth", "--config", Repository.File("configs", "tiny.json"), "--keep", module);

    [Theory]
    [InlineData("conv", "../m", "nodes.name = ../m")]
    [InlineData("conv", "$(x)", "nodes.name = $(x)")]
    [InlineData("linear", "x;`y`z", "nodes.name = x;`y`z")]
    [InlineData("small", "../sm", "name = ../sm")]
    public async Task A_layer_cannot_be_named_as_a_path_or_a_command(string name, string attack, string message)
    {
        var network = SampleNetwork.Write(_folder);
        var (metadata, tensors) = ArtefactContents.Read(network);
        metadata["graph"] = metadata["graph"].Replace(name, attack, StringComparison.Ordinal);
        tensors = [.. tensors.Select(t => t with { Name = t.Name.Replace(name, attack, StringComparison.Ordinal) })];
        SafetensorsWriter.Write(network, SafetensorsChecksum.Seal(metadata, tensors), tensors);

        await RefusedAsync(
            message, "simulate", "--network", network, "--config", Repository.File("configs", "edge.json"), "--data-folder", _folder.Path,
            "--trace", _folder.File("traces"), "--junit", _folder.File("junit.xml"));
    }

    [Theory]
    [InlineData("t;touch @;", "must have only letters, digits")]
    [InlineData("t [exec touch @]", "must have only letters, digits")]
    [InlineData("with space", "must have only letters, digits")]
    [InlineData("none", "must be a folder that exists.")]
    public async Task The_temporary_folder_is_one_that_every_tool_takes_or_is_refused(string name, string message)
    {
        var place = _folder.File(name.Replace("@", Marker, StringComparison.Ordinal));
        if (name != "none")
            Directory.CreateDirectory(place);
        var environment = new Dictionary<string, string?> { ["TMPDIR"] = place, ["LUTDLA_CACHE"] = _folder.File("cache") };

        var run = await CliProcess.RunAsync(environment, "synth", "--config", Repository.File("configs", "tiny.json"));

        AssertRefused(message, run);
    }

    [Fact]
    public async Task Control_sequences_in_a_result_file_do_not_reach_the_terminal()
    {
        var result = _folder.File("infer.json");
        await File.WriteAllTextAsync(
            result,
            """
            {
              "command": "infer",
              "result": { "network": "\u001b]0;title\u0007[red]", "images": 3, "accuracy": 1, "images_per_second": 1 }
            }
            """,
            TestContext.Current.CancellationToken);

        var run = await CliProcess.RunAsync("report", "--results", result);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\uFFFD]0;title\uFFFD[red], 3 images", run.StandardOutput, StringComparison.Ordinal);
    }

    private string[] SynthesisTo(string cell)
    {
        var library = _folder.File("cells.lib");
        File.WriteAllText(library, $"library (hostile) {{ {cell} }}".Replace("@", Marker, StringComparison.Ordinal));
        return ["synth", "--config", Repository.File("configs", "tiny.json"), "--target", "liberty", "--liberty", library];
    }

    private async Task RefusedAsync(string message, params string[] arguments) => AssertRefused(
        message, await CliProcess.RunAsync([.. arguments.Select(a => a.Replace("@", Marker, StringComparison.Ordinal))]));

    private void AssertRefused(string message, BufferedCommandResult run)
    {
        Assert.True(run.ExitCode == 2, $"The exit code is {run.ExitCode}: {run.StandardError}");
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("problems", run.StandardError, StringComparison.Ordinal);
        Assert.False(File.Exists(Marker));
        Assert.DoesNotContain(_folder.Names, name => name is "out" or "traces" or "junit.xml");
    }
}
