namespace LutDla.Tests.Cli;

/// <summary>Tools that are too old, and runs that were killed in the middle of one.</summary>
public sealed class ToolFaultTests : IDisposable
{
    private const int Fault = 3;
    private const int Killed = 128 + 9;

    private readonly TemporaryFolder _folder = new();

    private static string[] Synthesis => ["synth", "--config", Repository.File("configs", "tiny.json")];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Synthesis_with_an_old_Yosys_says_so()
    {
        var tools = new FakeTools(_folder).AddVersion("yosys", "Yosys 0.9 (git sha1 1979e0b)");

        var run = await CliProcess.RunAsync(tools.Environment, Synthesis);

        Assert.Equal(Fault, run.ExitCode);
        Assert.Equal(
            "yosys is too old: Yosys 0.9 (git sha1 1979e0b). 0.23 or later is needed: older ones were never tried. " +
            "Install it: apt-get install yosys\n",
            run.StandardError);
    }

    [Theory]
    [InlineData(
        "Verilator 4.038", "g++ (GCC) 12.2.0", "verilator is too old: Verilator 4.038. 5.0 or later is needed: 4 has no --no-timing.")]
    [InlineData("Verilator 5.006", "g++ (GCC) 9.4.0", "g++ is too old: g++ (GCC) 9.4.0. 10.0 or later is needed")]
    public async Task A_simulation_with_an_old_tool_says_so(string verilator, string compiler, string message)
    {
        SampleImages.Write(_folder, count: 1, SampleNetwork.Side);
        var tools = new FakeTools(_folder).AddVersion("verilator", verilator).AddVersion("g++", compiler);

        var run = await CliProcess.RunAsync(
            tools.Environment, "simulate", "--network", SampleNetwork.Write(_folder), "--config", Repository.File("configs", "edge.json"),
            "--data-folder", _folder.Path);

        Assert.Equal(Fault, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_in_the_working_folder_is_not_taken_for_the_tool()
    {
        new FakeTools(_folder).Add("yosys", $": > {_folder.File("marker")}");

        var run = await CliProcess.RunInShellAsync(
            $"cd {_folder.File("bin")}; PATH=/nowhere:: LUTDLA_CACHE={_folder.File("cache")} \"$@\"", Synthesis);

        Assert.Equal(Fault, run.ExitCode);
        Assert.Equal("yosys is not installed. Install it: apt-get install yosys\n", run.StandardError);
        Assert.DoesNotContain("marker", _folder.Names);
    }

    [Fact]
    public async Task What_a_killed_run_left_behind_goes_with_the_next_one()
    {
        const string version = "[ \"$1\" = -V ] && { echo 'Yosys 0.30'; exit; }";
        var killed = await CliProcess.RunAsync(new FakeTools(_folder).Add("yosys", $"{version}; kill -9 $PPID").Environment, Synthesis);
        Assert.Equal(Killed, killed.ExitCode);
        Assert.NotEmpty(Left("tmp"));
        Assert.NotEmpty(Left("cache"));

        var refused = await CliProcess.RunAsync(new FakeTools(_folder).Add("yosys", $"{version}; exit 1").Environment, Synthesis);

        Assert.Equal(Fault, refused.ExitCode);
        Assert.Empty(Left("tmp"));
        Assert.Empty(Left("cache"));
    }

    [Theory]
    [InlineData("LUTDLA_CACHE_GIB", "much", "LUTDLA_CACHE_GIB = much\n    must be a number of GiB above 0.")]
    [InlineData("LUTDLA_CACHE_GIB", "0", "LUTDLA_CACHE_GIB = 0\n")]
    [InlineData("LUTDLA_CACHE", "/proc/lutdla", "LUTDLA_CACHE = /proc/lutdla/scratch\n    must be a folder that can be written: ")]
    public async Task A_cache_that_cannot_be_is_bad_input(string variable, string value, string message)
    {
        var environment = new FakeTools(_folder).AddVersion("yosys", "Yosys 0.30").Environment;
        environment[variable] = value;

        var run = await CliProcess.RunAsync(environment, Synthesis);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
    }

    private string[] Left(string name) => Directory.GetFileSystemEntries(_folder.File(name), "lutdla-*", SearchOption.AllDirectories);
}
