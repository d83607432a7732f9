using LutDla.Rtl.Tools;

namespace LutDla.Tests.Tools;

public sealed class ExternalToolTests
{
    private static readonly ExternalTool Shell = new("sh", "dash");

    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cancelled_tool_takes_its_children_with_it()
    {
        using var scratch = new ScratchFolder();
        await new ExternalTool("mkfifo", "coreutils").RunAsync(scratch.Path, ["pipe"], Cancellation);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = Shell.RunAsync(scratch.Path, ["-c", "exec 3>pipe; (echo started >&3; sleep 20; echo survived >&3) & wait"], cancel.Token);

        using var pipe = new StreamReader(scratch.File("pipe"));
        Assert.Equal("started", await pipe.ReadLineAsync(Cancellation));
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal("", await pipe.ReadToEndAsync(Cancellation)); // ends when nobody is left who could write
    }

    [Fact]
    public async Task A_missing_tool_says_how_to_get_it()
    {
        var e = await Assert.ThrowsAsync<MissingToolException>(() => new ExternalTool("no-such-tool", "some-package").RunAsync("/", [], Cancellation));
        Assert.Equal("no-such-tool is not installed. Install it: apt-get install some-package", e.Message);
    }

    [Fact]
    public async Task A_program_that_was_built_here_is_no_package()
    {
        var e = await Assert.ThrowsAsync<ToolException>(() => new ExternalTool("/no/such/simulator", null).RunAsync("/", [], Cancellation));
        Assert.StartsWith("/no/such/simulator cannot be started. ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nstall", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_shows_what_the_tool_said_and_how_it_was_run()
    {
        var e = await Assert.ThrowsAsync<ToolException>(() => Shell.RunAsync("/", ["-c", "echo out; echo reason >&2; exit 3"], Cancellation));
        Assert.Equal("sh ended with 3:\nout\nreason\nIt was run in / as: sh -c echo out; echo reason >&2; exit 3", e.Message);
    }

    [Theory]
    [InlineData("Verilator 5.006 2023-01-22 rev (Debian 5.006-3)", 5, 6, 0)]
    [InlineData("Verilator 4.038 2020-07-11 rev v4.036-114-g0cd4a57ad", 4, 38, 0)]
    [InlineData("g++ (Debian 12.2.0-14+deb12u1) 12.2.0", 12, 2, 0)]
    [InlineData("g++ (Ubuntu 9.4.0-1ubuntu1~20.04.2) 9.4.0", 9, 4, 0)]
    [InlineData("g++ (GCC) 14", 14, 0, 0)]
    [InlineData("Yosys 0.23 (git sha1 7ce5011c24b)", 0, 23, 0)]
    [InlineData("Yosys 0.9+4081 (git sha1 862e84eb)", 0, 9, 0)]
    [InlineData("Icarus Verilog version 11.0 (stable) ()", 11, 0, 0)]
    [InlineData("2.0.17", 2, 0, 17)]
    [InlineData("GNU Make 4.3", 4, 3, 0)]
    public void A_version_is_the_number_that_no_distributor_put_in_parentheses(string text, int major, int minor, int patch) =>
        Assert.Equal(new Version(major, minor, patch), new ToolVersion(text).Number);

    [Theory]
    [InlineData("tool 4.9", true)]
    [InlineData("tool 4.10", false)]
    [InlineData("tool 5", false)]
    [InlineData("tool 3.99.99", true)]
    [InlineData("tool 99999999999", false)]
    [InlineData("tool from the head of the branch", false)]
    [InlineData("", false)]
    public void A_tool_is_too_old_by_numbers_and_never_for_want_of_one(string version, bool isTooOld) =>
        Assert.Equal(isTooOld, new ExternalTool("tool", "package") { Least = new(4, 10) }.IsTooOld(new ToolVersion(version)));
}
