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
        var e = await Assert.ThrowsAsync<ToolException>(() => new ExternalTool("no-such-tool", "some-package").RunAsync("/", [], Cancellation));
        Assert.Equal("no-such-tool cannot be started. Install it: apt-get install some-package", e.Message);
    }

    [Fact]
    public async Task A_failure_shows_what_the_tool_said_and_how_it_was_run()
    {
        var e = await Assert.ThrowsAsync<ToolException>(() => Shell.RunAsync("/", ["-c", "echo out; echo reason >&2; exit 3"], Cancellation));
        Assert.Equal("sh ended with 3:\nout\nreason\nIt was run in / as: sh -c echo out; echo reason >&2; exit 3", e.Message);
    }
}
