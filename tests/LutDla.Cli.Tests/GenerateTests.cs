using System.Security.Cryptography;
using System.Text.Json;
using LutDla.Hardware.Configuration;

namespace LutDla.Cli.Tests;

public sealed class GenerateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_folder_holds_what_the_manifest_says_byte_for_byte()
    {
        var run = await GenerateAsync(Tiny);

        Assert.Equal(0, run.ExitCode);
        var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Out("manifest.json"), TestContext.Current.CancellationToken)).RootElement;
        var files = manifest.GetProperty("files").EnumerateArray().ToDictionary(f => f.GetProperty("path").GetString() ?? "", f => f.GetProperty("sha256").GetString());
        Assert.Equal(files.Keys.Append("manifest.json").Order(), AllFiles(_folder.File("out")));
        Assert.All(files, f => Assert.Equal(f.Value, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Out(f.Key))))));
    }

    [Fact]
    public async Task The_file_list_names_every_source_and_the_core_file_too()
    {
        await GenerateAsync(Tiny);

        var sources = AllFiles(_folder.File("out")).Where(f => f.EndsWith(".v", StringComparison.Ordinal)).ToList();
        var core = await File.ReadAllTextAsync(Out("tiny.core"), TestContext.Current.CancellationToken);
        Assert.Contains("rtl/tiny_core.v", sources);
        Assert.Contains("sim/tiny_checker.v", sources);
        Assert.Equal(
            sources.Where(s => s.StartsWith("rtl/", StringComparison.Ordinal)), // what no synthesis may see is not in the list
            File.ReadLines(Out("tiny.f")).Where(line => !line.StartsWith("//", StringComparison.Ordinal)));
        Assert.All(sources, source => Assert.Contains($"      - {source}\n", core, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_earlier_folder_is_replaced_and_nothing_is_left_beside_it()
    {
        await GenerateAsync(Repository.File("configs", "edge.json"));

        Assert.Equal(0, (await GenerateAsync(Tiny)).ExitCode);
        Assert.DoesNotContain("edge.f", AllFiles(_folder.File("out")));
        Assert.Equal(["out"], _folder.Names);
    }

    [Fact]
    public async Task A_folder_with_a_file_of_someone_else_is_left_as_it_is()
    {
        await GenerateAsync(Tiny);
        await File.WriteAllTextAsync(Out("notes.txt"), "mine", TestContext.Current.CancellationToken);

        var run = await GenerateAsync(Repository.File("configs", "edge.json"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("must hold only what lutdla generated; notes.txt is something else.", run.StandardError, StringComparison.Ordinal);
        Assert.Contains("tiny.f", AllFiles(_folder.File("out")));
    }

    [Fact]
    public async Task A_port_that_many_tools_refuse_is_a_warning_that_names_the_setting_which_narrows_it()
    {
        var config = _folder.File("wide.json");
        var tiny = DesignFile.Load(Tiny);
        DesignFile.Write(config, tiny with
        {
            Matching = tiny.Matching with { Lanes = 1024, LoadLanes = 0, TableBits = 8 },
            Rescale = tiny.Rescale with { Units = 256, OutputBits = 16 },
        });
        var json = _folder.File("generate.json");

        var run = await CliProcess.RunAsync("generate", "--config", config, "--out", _folder.File("out"), "--json", json);

        Assert.Equal(0, run.ExitCode);
        const string Table =
            "table_data_i has 8,192 bits; many tools refuse more than 4,096. Lower matching.load_lanes or matching.load_subspaces.";
        Assert.Contains($"warning: {Table}\n", run.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("warning: result_data_o has 4,097 bits", run.StandardOutput, StringComparison.Ordinal);
        var warnings = JsonDocument.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken))
            .RootElement.GetProperty("result").GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("warning").GetString());
        Assert.Contains(Table, warnings);
    }

    [Fact]
    public async Task A_bad_configuration_tells_every_fault_and_writes_nothing()
    {
        var config = _folder.File("bad.json");
        await File.WriteAllTextAsync(
            config,
            (await File.ReadAllTextAsync(Tiny, TestContext.Current.CancellationToken))
                .Replace("\"centroids\": 4", "\"centroid\": 4", StringComparison.Ordinal).Replace("\"units\": 2", "\"units\": 3", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var run = await GenerateAsync(config);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{config}:5: similarity.centroid = 4\n    is no known key.\n    Did you mean centroids?\n", run.StandardError, StringComparison.Ordinal);
        Assert.Contains("similarity.centroids = (missing)", run.StandardError, StringComparison.Ordinal);
        Assert.Contains("rescale.units = 3\n    must divide matching.lanes (4).", run.StandardError, StringComparison.Ordinal);
        Assert.Contains("3 problems", run.StandardError, StringComparison.Ordinal);
        Assert.Equal(["bad.json"], _folder.Names);
    }

    [Fact]
    public async Task Escape_sequences_in_a_bad_file_do_not_reach_the_terminal()
    {
        var config = _folder.File("bad.json");
        await File.WriteAllTextAsync(config, "{ \"\\u001b[2J\": 1 }", TestContext.Current.CancellationToken);

        var run = await GenerateAsync(config);

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain('\u001b', run.StandardError);
    }

    [Fact]
    public async Task A_missing_configuration_and_a_missing_option_end_with_2()
    {
        var missingFile = await GenerateAsync(_folder.File("none.json"));
        var missingOption = await CliProcess.RunAsync("generate", "--config", Tiny);

        Assert.Equal((2, 2), (missingFile.ExitCode, missingOption.ExitCode));
        Assert.Contains("must be a readable file", missingFile.StandardError, StringComparison.Ordinal);
        Assert.Contains("--out", missingOption.StandardError, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    private static string Tiny => Repository.File("configs", "tiny.json");

    private static IEnumerable<string> AllFiles(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order();

    private string Out(string path) => Path.Combine(_folder.File("out"), path);

    private Task<CliWrap.Buffered.BufferedCommandResult> GenerateAsync(string config) => CliProcess.RunAsync("generate", "--config", config, "--out", _folder.File("out"));
}
