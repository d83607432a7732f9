using System.Text.Json;
using LutDla.Tests.Cli;

namespace LutDla.Cli.Tests;

public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_any_tool_it_ends_with_1_and_says_how_to_get_each()
    {
        var run = await CliProcess.RunAsync(new FakeTools(_folder).Environment, "doctor");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"MISSING \| verilator +\| not found .*apt-get install verilator", run.StandardOutput);
        Assert.Contains("Missing: dotnet, g++, make, verilator, yosys, iverilog", run.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_that_are_too_old_are_told_with_what_is_needed_and_end_with_1()
    {
        var tools = new FakeTools(_folder).AddVersion("dotnet", "10.0.100").AddVersion("g++", "g++ (Debian 12.2.0) 9.5.0").AddVersion("make", "GNU Make 3.81")
            .AddVersion("verilator", "Verilator 4.038 2020-07-11").AddVersion("yosys", "Yosys 0.9 (git sha1 1979e0b)")
            .AddVersion("iverilog", "Icarus Verilog version 10.3 (stable) ()").AddVersion("sta", "1.9.1");

        var run = await CliProcess.RunAsync(tools.Environment, "doctor", "--json", "-");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Too old: g++, make, verilator, yosys, iverilog, sta.", run.StandardError, StringComparison.Ordinal);
        var verilator = CliProcess.Result(run).EnumerateArray().Single(f => f.GetProperty("name").GetString() == "verilator");
        Assert.True(verilator.GetProperty("is_too_old").GetBoolean());
        Assert.Equal("apt-get install verilator: 5.0 or later, because 4 has no --no-timing", verilator.GetProperty("mend").GetString());
    }

    [Fact]
    public async Task The_exit_code_is_0_exactly_if_all_that_is_required_was_found_and_nothing_is_too_old()
    {
        var run = await CliProcess.RunAsync("doctor", "--json", "-");

        var faults = CliProcess.Result(run).EnumerateArray().Count(f => f.GetProperty("is_too_old").GetBoolean()
            || (f.GetProperty("required").GetBoolean() && f.GetProperty("version").ValueKind == JsonValueKind.Null));
        Assert.Equal(faults == 0 ? 0 : 1, run.ExitCode);
    }

    [Fact]
    public async Task It_shows_where_the_cache_is_how_much_it_holds_and_how_much_it_may()
    {
        var environment = new Dictionary<string, string?>(new FakeTools(_folder).Environment) { ["LUTDLA_CACHE_GIB"] = "0.5" };

        var run = await CliProcess.RunAsync(environment, "doctor", "--json", "-");

        var cache = CliProcess.Result(run).EnumerateArray().Single(f => f.GetProperty("name").GetString() == "cache");
        Assert.Equal($"{_folder.File("cache")}: 0 entries, 0.0 MiB of at most 0.5 GiB and 60 days", cache.GetProperty("version").GetString());
    }
}
