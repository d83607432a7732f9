using System.Text.Json;

namespace LutDla.Cli.Tests;

public sealed class DoctorTests
{
    [Fact]
    public async Task Without_any_tool_it_ends_with_1_and_says_how_to_get_each()
    {
        var empty = Directory.CreateTempSubdirectory("lutdla-");
        try
        {
            var run = await CliProcess.RunAsync(new Dictionary<string, string?> { ["PATH"] = empty.FullName }, "doctor");

            Assert.Equal(1, run.ExitCode);
            Assert.Matches(@"MISSING \| verilator +\| not found .*apt-get install verilator", run.StandardOutput);
            Assert.Contains("Missing: g++, make, verilator, yosys, iverilog", run.StandardOutput, StringComparison.Ordinal);
        }
        finally
        {
            empty.Delete();
        }
    }

    [Fact]
    public async Task The_exit_code_is_0_exactly_if_all_that_is_required_was_found()
    {
        var run = await CliProcess.RunAsync("doctor", "--json", "-");

        var missing = CliProcess.Result(run).EnumerateArray()
            .Count(f => f.GetProperty("required").GetBoolean() && f.GetProperty("version").ValueKind == JsonValueKind.Null);
        Assert.Equal(missing == 0 ? 0 : 1, run.ExitCode);
    }
}
