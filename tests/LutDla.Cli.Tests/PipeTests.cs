namespace LutDla.Cli.Tests;

/// <summary>A pipe is read and written as a file is; who waits for its other end is ended by the first signal.</summary>
public sealed class PipeTests : IDisposable
{
    private const int Terminated = 128 + 15;

    // A second signal, which would end anything, does not come; a process that ignores the first one is killed, with another code.
    private const string TerminateInAWhile = "timeout --preserve-status --kill-after=30 4 \"$@\"";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "report", "--results", "@/pipe")]
    [InlineData("", "generate", "--config", "@/pipe", "--out", "@/out")]
    [InlineData("", "schema", "--out", "@/pipe")]
    [InlineData("exec 3<>@/pipe; ", "verify", "--config", "@/pipe")] // opened for both, nobody ever writes
    public async Task Waiting_for_the_other_end_is_ended_by_a_signal(string before, params string[] arguments)
    {
        await SpecialFile.MakePipeAsync(_folder.File("pipe"));

        var run = await CliProcess.RunInShellAsync(Placed(before) + TerminateInAWhile, [.. arguments.Select(Placed)]);

        Assert.Equal(Terminated, run.ExitCode);
        Assert.Equal(["pipe"], _folder.Names);
    }

    [Fact]
    public async Task A_pipe_that_is_no_good_as_a_file_is_refused_at_once()
    {
        await SpecialFile.MakePipeAsync(_folder.File("pipe"));

        var run = await CliProcess.RunAsync("infer", "--network", _folder.File("pipe"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is a pipe or a device; copy it to a file first.", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_process_writes_into_a_pipe_is_read()
    {
        var run = await CliProcess.RunInShellAsync(
            $"\"$@\" --config <(sleep 1; cat {Repository.File("configs", "tiny.json")})", "generate", "--out", _folder.File("out"));

        Assert.True(run.ExitCode == 0, run.StandardError);
    }

    private string Placed(string text) => text.Replace("@", _folder.Path, StringComparison.Ordinal);
}
