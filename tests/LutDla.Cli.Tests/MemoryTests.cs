using System.Text.Json;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;

namespace LutDla.Cli.Tests;

/// <summary>Memory macros: from a table to a file, and from that to the memories of a design.</summary>
public sealed class MemoryTests : IDisposable
{
    // 100 um2 a macro, 2 a word and 0.5 a bit, 3 pJ a read and 0.5 a bit of it.
    private const string Table = """
        macro,family,node_nm,vdd_V,words,width_bits,area_um2,read_pJ,note
        a,f,130,1.2,16,8,196,7,by hand
        b,f,130,1.2,64,8,484,7,by hand
        c,f,130,1.2,16,32,388,19,by hand
        d,f,130,1.2,512,64,17508,35,by hand
        e,f,130,1.2,256,16,2660,11,by hand
        g,f,130,1.2,32,128,2212,67,by hand

        """;

    private readonly TemporaryFolder _folder = new();

    public MemoryTests() => File.WriteAllText(_folder.File("macros.csv"), Table);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_made_of_a_table_prices_the_memories_of_a_design()
    {
        var fit = await RunAsync("calibrate", "--memories", "@/macros.csv", "--family", "f", "--ports", "1rw1r", "--out", "@/f.json");
        Assert.Equal(0, fit.ExitCode);
        Assert.Contains("f: 130 nm, 1.2 V, ports 1rw1r; fitted to 6 macros of macros.csv", fit.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("macros.csv notes: by hand.", fit.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("| leakage      | nW   | -          | -           | not known", fit.StandardOutput, StringComparison.Ordinal);

        var run = await RunAsync("estimate", "--config", Config("reference"), "--memories", "@/f.json", "--json", "-");

        Assert.Equal(0, run.ExitCode);
        var result = CliProcess.Result(run);
        var memories = result.GetProperty("memories").GetProperty("each").EnumerateArray().ToList();
        Assert.Contains(memories, m => m.GetProperty("role").GetString() == "scratchpad");
        Assert.Equal(memories.Sum(m => m.GetProperty("copies").GetInt64() * Area(m)), result.GetProperty("memory_area").GetDouble(), 0.01);
        Assert.All(memories, m => Assert.Equal(1, m.GetProperty("area").GetDouble() / Area(m), 4));
        Assert.All(memories, m => Assert.Equal(JsonValueKind.Null, m.GetProperty("leakage_nanowatts").ValueKind));
        Assert.Contains("| scratchpad ", run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("The RTL of today", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memories_are_a_row_beside_the_cells_and_their_bits_are_told_no_more()
    {
        var technology = SampleTechnology.Write(_folder, SampleTechnology.Kinds(Core.From(DesignFile.Load(Config("reference")))));
        string[] estimate = ["estimate", "--config", Config("reference"), "--technology", technology];

        var (cells, both) = (await RunAsync(estimate), await RunAsync([.. estimate, "--memories", "sg13g2", "--json", "@/both"]));

        Assert.Contains("bits in macros or RAM of an FPGA are not in it.", cells.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("bits in macros or RAM of an FPGA", both.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("| memories ", both.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("The RTL of today does not see to that.", both.StandardOutput, StringComparison.Ordinal);
        using var file = JsonDocument.Parse(File.ReadAllText(_folder.File("both")));
        var result = file.RootElement.GetProperty("result");
        Assert.True(result.GetProperty("memory_area").GetDouble() > 0);
        Assert.Equal(
            result.GetProperty("area").GetDouble() + result.GetProperty("memory_area").GetDouble(),
            result.GetProperty("total_area").GetDouble(), 0.001);
        Assert.Equal(0, result.GetProperty("unpriced_bits").GetInt64());
    }

    // From 130 nm to 65: a quarter of the area; from 1.2 V to 0.6 an eighth of the energy.
    [Fact]
    public async Task Macros_of_another_node_are_scaled_and_the_rule_is_told()
    {
        string[] estimate = ["estimate", "--config", Config("reference"), "--memories", "sg13g2"];
        await RunAsync([.. estimate, "--json", "@/here"]);

        var run = await RunAsync([.. estimate, "--memories-node", "65", "--memories-millivolts", "600", "--json", "@/there"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Scaled from 130 nm: areas with the square of the feature size", run.StandardOutput, StringComparison.Ordinal);
        var (here, there) = (First("here"), First("there"));
        Assert.Equal(0.25, there.GetProperty("area").GetDouble() / here.GetProperty("area").GetDouble(), 9);
        Assert.Equal(0.125, there.GetProperty("read_picojoules").GetDouble() / here.GetProperty("read_picojoules").GetDouble(), 9);
        Assert.Equal(JsonValueKind.Null, there.GetProperty("leakage_nanowatts").ValueKind);
    }

    [Fact]
    public async Task A_design_without_macros_is_told_so()
    {
        var run = await RunAsync("estimate", "--config", Config("tiny"), "--memories", "sg13g2");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("The design has no memories of the style macro.", run.StandardOutput, StringComparison.Ordinal);
    }

    private static double Area(JsonElement memory)
    {
        var tiling = memory.GetProperty("tiling");
        var (words, bits) = (tiling.GetProperty("macro_words").GetInt32(), tiling.GetProperty("macro_bits").GetInt32());
        return tiling.GetProperty("macros").GetInt64() * (100 + (2 * words) + (0.5 * words * bits));
    }

    private static string Config(string name) => Repository.File("configs", $"{name}.json");

    private JsonElement First(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(_folder.File(file)));
        return document.RootElement.GetProperty("result").GetProperty("memories").GetProperty("each")[0].Clone();
    }

    private Task<CliWrap.Buffered.BufferedCommandResult> RunAsync(params string[] arguments) =>
        CliProcess.RunAsync([.. arguments.Select(a => a.Replace("@", _folder.Path, StringComparison.Ordinal))]);
}
