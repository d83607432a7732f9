namespace LutDla.Cli.Tests;

/// <summary>Places where output does not go as it should, and places that only look like files.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("schema")]
    [InlineData("schema", "--help")]
    [InlineData("schema", "--out", "@", "--json", "-")]
    [InlineData("--version")]
    public async Task A_full_standard_output_ends_with_2_and_one_line(params string[] arguments)
    {
        await SpecialFile.MakeFullAsync(_folder.File("full"));

        var run = await CliProcess.RunInShellAsync($"\"$@\" > {_folder.File("full")}", Placed(arguments));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("The standard output cannot be written: No space left on device\n", run.StandardError);
    }

    [Theory]
    [InlineData("2> @/full", 2)]
    [InlineData("2>&-", 2)]
    public async Task A_message_that_cannot_be_told_leaves_the_exit_code(string redirection, int code)
    {
        await SpecialFile.MakeFullAsync(_folder.File("full"));

        var run = await CliProcess.RunInShellAsync(
            $"\"$@\" {redirection.Replace("@", _folder.Path, StringComparison.Ordinal)}", "no-command");

        Assert.Equal(code, run.ExitCode);
        Assert.Empty(run.StandardError);
    }

    [Fact]
    public async Task A_reader_that_goes_away_is_no_fault()
    {
        var run = await CliProcess.RunInShellAsync("set -o pipefail; \"$@\" | head -n 1", "schema", "--json", _folder.File("result.json"));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("{\n", run.StandardOutput);
        Assert.Empty(run.StandardError);
        Assert.Equal(["result.json"], _folder.Names);
    }

    [Fact]
    public async Task What_goes_to_dev_stdout_stands_behind_what_was_printed()
    {
        var file = _folder.File("out.txt");

        var run = await CliProcess.RunInShellAsync($"\"$@\" > {file}", "schema", "--json", "/dev/stdout");

        Assert.Equal(0, run.ExitCode);
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.StartsWith("{\n  \"$schema\"", text, StringComparison.Ordinal);
        Assert.EndsWith("\"file\": null\n  }\n}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_and_a_pipe_take_results_and_stay()
    {
        await SpecialFile.MakeNullAsync(_folder.File("null"));
        await SpecialFile.MakePipeAsync(_folder.File("pipe"));

        // Opened for both, a pipe waits for nobody.
        var run = await CliProcess.RunInShellAsync(
            $"cd {_folder.Path}; exec 3<>pipe; \"$@\" && test -c null && test -p pipe && " +
            "read -r first <&3 && read -r second <&3 && echo $first $second",
            "schema", "--out", "null", "--json", "pipe");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("{ \"command\": \"schema\",\n", run.StandardOutput);
        Assert.Equal(["null", "pipe"], _folder.Names);
    }

    [Theory]
    [InlineData("schema", "--out", "/sys/lutdla.json")]
    [InlineData("schema", "--json", "/proc/lutdla.json")]
    [InlineData("generate", "--config", "#/tiny.json", "--out", "/sys/lutdla")]
    public async Task A_place_that_cannot_be_written_ends_with_2_and_one_message(params string[] arguments)
    {
        var run = await CliProcess.RunAsync(Placed(arguments));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(arguments[^1], run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.StandardError, StringComparison.Ordinal);
    }

    // A limit of the size of a file stands for a full disk.
    [Theory]
    [InlineData("file.json", "schema", "--out", "@/file.json")]
    [InlineData("folder", "generate", "--config", "#/tiny.json", "--out", "@/folder")]
    public async Task A_full_disk_leaves_what_was_there(string name, params string[] arguments)
    {
        Assert.Equal(0, (await CliProcess.RunAsync(Placed(arguments))).ExitCode);
        var before = Everything();

        var run = await CliProcess.RunInShellAsync(
            "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f 1; \"$@\"", Placed(arguments));

        Assert.True(run.ExitCode == 2, $"The exit code is {run.ExitCode}: {run.StandardError}");
        Assert.Contains(_folder.File(name), run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.StandardError, StringComparison.Ordinal);
        Assert.Equal(before, Everything());
    }

    private string[] Placed(string[] arguments) => [.. arguments.Select(a => a
        .Replace("@", a == "@" ? _folder.File("at") : _folder.Path, StringComparison.Ordinal)
        .Replace("#", Repository.File("configs"), StringComparison.Ordinal))];

    private (string Path, string Text)[] Everything() =>
        [.. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => (f, File.ReadAllText(f)))];
}
