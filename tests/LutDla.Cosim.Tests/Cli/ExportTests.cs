using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CliWrap.Buffered;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Cli;

/// <summary>What export writes, copied to an empty folder, is all that a stranger needs.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScratchFolder _stranger = new();
    private readonly string _network;

    public ExportTests()
    {
        _network = SampleNetwork.Write(_folder);
        SampleImages.Write(_folder, count: 2, SampleNetwork.Side);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public async Task Make_in_a_copy_of_the_folder_runs_every_layer()
    {
        Assert.Equal(0, await ExportAsync());
        CopyToStranger();

        var run = await ExternalTool.Make.TryRunAsync(_stranger.Path, [], TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (run.ExitCode, run.StandardError));
        var said = run.StandardOutput.TrimEnd().Split('\n').Select(line => string.Join(": ", line.Split(": ").Take(2)));
        Assert.Equal(["conv: equal", "linear: equal"], said);
    }

    [Fact]
    public async Task Make_in_a_copy_of_a_generated_folder_runs_its_example()
    {
        await CliProcess.RunAsync("generate", "--config", Repository.File("configs", "tiny.json"), "--out", _folder.File("out"));
        CopyToStranger();

        var run = await ExternalTool.Make.TryRunAsync(_stranger.Path, [], TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (run.ExitCode, run.StandardError));
        Assert.StartsWith("example: equal: ", run.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lin*")]
    [InlineData("l?near", "li*", "linear")]
    public async Task Layers_can_be_chosen_by_pattern(params string[] patterns)
    {
        var run = await RunAsync(["--layer", .. patterns]);

        Assert.Contains("edge_core: 1 layer, ", run.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(["linear"], Directory.GetDirectories(_folder.File("out/sim/vectors")).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task One_layer_can_be_chosen_and_a_changed_word_is_found()
    {
        Assert.Equal(0, await ExportAsync("--layer", "linear", "--images", "2"));
        CopyToStranger();
        Assert.Equal(["linear"], Directory.GetDirectories(_stranger.File("sim/vectors")).Select(path => Path.GetFileName(path)));
        var results = _stranger.File("sim/vectors/linear/result.hex");
        var text = File.ReadAllText(results);
        File.WriteAllText(results, (text[0] == '0' ? '1' : '0') + text[1..]);

        var run = await ExternalTool.Make.TryRunAsync(_stranger.Path, [], TestContext.Current.CancellationToken);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("linear: result beat 0 in cycle ", run.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_put_together_as_the_description_says_are_the_beats()
    {
        Assert.Equal(0, await ExportAsync());
        var folder = _folder.File("out/sim/vectors/conv");
        var layer = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "layer.json"))).RootElement;
        var beats = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "beats.json"))).RootElement;

        Assert.Equal(25, layer.GetProperty("shape").GetProperty("rows").GetInt32());
        foreach (var stream in layer.GetProperty("streams").EnumerateArray())
        {
            var name = stream.GetProperty("name").GetString() ?? "";
            var lines = File.ReadAllLines(Path.Combine(folder, $"{name}.hex"));
            Assert.Equal(stream.GetProperty("beats").GetInt32(), lines.Length);
            Assert.Equal(
                lines.Select(line => BigInteger.Parse("0" + line, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
                beats.GetProperty(name).EnumerateArray().Select(beat => Packed(stream.GetProperty("fields"), beat)));
        }
    }

    [Fact]
    public async Task The_order_for_one_host_and_the_cycles_cover_all_beats()
    {
        Assert.Equal(0, await ExportAsync());
        var folder = _folder.File("out/sim/vectors/conv");
        var layer = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "layer.json"))).RootElement;

        var served = layer.GetProperty("sequential_order").EnumerateArray()
            .GroupBy(run => run[0].GetString() ?? "", run => run[1].GetInt32());

        Assert.All(served, s => Assert.Equal(File.ReadAllLines(Path.Combine(folder, $"{s.Key}.hex")).Length, s.Sum()));
        Assert.Equal(6, served.Count());
        var cycles = File.ReadAllLines(Path.Combine(folder, "result_cycles.hex"))
            .Select(line => long.Parse(line, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Equal(layer.GetProperty("last_result_cycle").GetInt64(), cycles.Last());
        Assert.Equal(cycles.Count(), File.ReadAllLines(Path.Combine(folder, "result.hex")).Length);
    }

    private async Task<int> ExportAsync(params string[] more) => (await RunAsync(more)).ExitCode;

    private Task<BufferedCommandResult> RunAsync(params string[] more) => CliProcess.RunAsync(
    [
        "export", "--network", _network, "--config", Repository.File("configs", "edge.json"), "--data-folder", _folder.Path,
        "--out", _folder.File("out"), .. more,
    ]);

    private void CopyToStranger()
    {
        foreach (var file in Directory.GetFiles(_folder.File("out"), "*", SearchOption.AllDirectories))
        {
            var target = _stranger.File(Path.GetRelativePath(_folder.File("out"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? _stranger.Path);
            File.Copy(file, target);
        }
    }

    private static BigInteger Packed(JsonElement fields, JsonElement beat)
    {
        var payload = BigInteger.Zero;
        var offset = 0;
        foreach (var field in fields.EnumerateArray())
        {
            var value = beat.GetProperty(field.GetProperty("name").GetString() ?? "");
            JsonElement[] elements = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
            Assert.Equal(field.GetProperty("count").GetInt32(), elements.Length);
            foreach (var element in elements)
            {
                var bits = field.GetProperty("bits").GetInt32();
                var number = element.ValueKind == JsonValueKind.Object ? Packed(field.GetProperty("parts"), element) : element.GetInt64();
                payload += (number & ((BigInteger.One << bits) - 1)) << offset;
                offset += bits;
            }
        }

        return payload;
    }
}
