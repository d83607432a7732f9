using System.Text.RegularExpressions;

namespace LutDla.Cli.Tests;

/// <summary>No result takes the place of what the command reads, or of another result, however the place is named.</summary>
public sealed partial class PathClashTests : IDisposable
{
    private const string Content = "not to be lost";

    private readonly TemporaryFolder _folder = new();

    public PathClashTests()
    {
        foreach (var name in new[] { "file", "file.csv", "net.checkpoint", "folder.lock" })
            File.WriteAllText(_folder.File(name), Content);
        File.CreateSymbolicLink(_folder.File("link"), "file");
        Directory.CreateSymbolicLink(_folder.File("here"), ".");
    }

    public static TheoryData<string> Commands { get; } = new(CommandLineTests.Commands.Select(row => row.Data));

    public void Dispose() => _folder.Dispose();

    /// <summary>What is told, and the command line; @ stands for the folder with the files.</summary>
    [Theory]
    [InlineData("--out = @/file\n    is also what --weights names.", "convert --weights @/file --out @/file")]
    [InlineData("--out = @/file\n    is also what --weights names.", "convert --weights @/link --out @/file")]
    [InlineData("--out = @/link\n    is also what --weights names.", "convert --weights @/file --out @/link")]
    [InlineData("--out = @/here/file\n    is also what --weights names.", "convert --weights @/file --out @/here/file")]
    [InlineData("--out = @/x/../file\n    is also what --weights names.", "convert --weights @/file --out @/x/../file")]
    [InlineData("--out = @/net\n    needs @/net.checkpoint, which is what --weights", "convert --weights @/net.checkpoint --out @/net")]
    [InlineData("--json = @/net.checkpoint\n    is also what --out needs", "train --network lenet5 --out @/net --json @/net.checkpoint")]
    [InlineData("--json = @/new\n    is also what --out names.", "convert --weights @/file --out @/new --json @/new")]
    [InlineData("--trace = @/new.svg\n    is also what --out names.", "convert --weights @/file --out @/new.svg --trace @/new.svg")]
    [InlineData("--json = @/file\n    is also what --network names.", "infer --network @/file --json @/file")]
    [InlineData("--out = @/file.csv\n    is also what --examples", "infer --network @/file --examples @/file.csv --out @/file.csv")]
    [InlineData("--json = @/p.csv\n    is also what --out names.", "infer --network @/file --out @/p.csv --json @/p.csv")]
    [InlineData("--json = @/new\n    is also what --junit names.", "simulate --network @/file --config @/link --junit @/new --json @/new")]
    [InlineData("--junit = @/new\n    is also what --trace", "simulate --network @/file --config @/link --junit @/new --trace @/new")]
    [InlineData("--json = @/file\n    is also what --config names.", "generate --config @/file --out @/new --json @/file")]
    [InlineData("--json = @/new\n    is also what --out names.", "generate --config @/file --out @/new/ --json @/new")]
    [InlineData("--json = @/new/r\n    must not lie below what --out names, @/new.", "generate --config @/file --out @/new --json @/new/r")]
    [InlineData("--out = @/new/d\n    must not lie below what --json names, @/new.", "generate --config @/file --out @/new/d --json @/new")]
    [InlineData("--out = @/folder\n    needs @/folder.lock, which is what --config", "generate --config @/folder.lock --out @/folder")]
    [InlineData("--json = @/file\n    is also what --results names.", "report --results @/file.csv @/file --json @/file")]
    public async Task A_place_that_is_needed_twice_is_refused(string message, string arguments)
    {
        var before = _folder.Names;

        var run = await CliProcess.RunAsync([.. Placed(arguments).Split(' ')]);

        Assert.True(run.ExitCode == 2, $"The exit code is {run.ExitCode}: {run.StandardError}");
        Assert.StartsWith("command line: " + Placed(message), run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("problems", run.StandardError, StringComparison.Ordinal);
        Assert.Empty(run.StandardOutput);
        Assert.Equal(before, _folder.Names);
        Assert.Equal(Content, await File.ReadAllTextAsync(_folder.File("file"), TestContext.Current.CancellationToken));
    }

    // Whatever options there will be: those that the help shows with a file are known as such.
    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_option_that_names_a_file_is_compared_with_the_others(string command)
    {
        var help = (await CliProcess.RunAsync(command, "--help")).StandardOutput;
        var options = PathOptions().Matches(help).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Length > 0);
        Assert.True(options.Remove("--json"));
        string[] architecture = command == "train" ? ["--network", "lenet5"] : [];
        foreach (var option in options.Keys)
        {
            var required = options.Keys.Where(name => options[name] && name != option);
            string[] others = [.. architecture, .. required.SelectMany(name => new[] { name, _folder.File($"other{name}") })];

            var run = await CliProcess.RunAsync([command, .. others, option, _folder.File("file"), "--json", _folder.File("file")]);

            Assert.Contains($"is also what {option} names.", run.StandardError, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_a_device_several_results_are_written()
    {
        await SpecialFile.MakeNullAsync(_folder.File("null"));

        var run = await CliProcess.RunAsync("schema", "--out", _folder.File("null"), "--json", _folder.File("null"));

        Assert.Equal(0, run.ExitCode);
    }

    private string Placed(string text) => text.Replace("@", _folder.Path, StringComparison.Ordinal);

    [GeneratedRegex(@"^\s+(--[a-z-]+) <(?:FILE|FOLDER)[^>]*>( \(REQUIRED\))?", RegexOptions.Multiline)]
    private static partial Regex PathOptions();
}
