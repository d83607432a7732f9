using System.Text.RegularExpressions;
using CliWrap.Buffered;

namespace LutDla.Cli.Tests;

/// <summary>What the help of the commands promises, against the repository.</summary>
public sealed partial class HelpTests
{
    private static readonly string[] Writing = ["--out", "--json", "--store"];

    // What only the user has: the repository holds no ONNX file.
    private static readonly string[] Users = ["cells.lib.gz", "network.onnx"];

    private static readonly Lazy<Task<string[]>> Helps =
        new(() => Task.WhenAll(CommandLineTests.Commands.Select(row => HelpAsync(row.Data))));

    [Fact]
    public async Task Every_file_that_an_example_reads_is_in_the_repository_or_written_by_another_example()
    {
        var files = (await Helps.Value).SelectMany(Files).ToList();
        var tracked = await TrackedAsync();

        var there = files.Where(file => file.IsWritten).Select(file => file.Path).Concat(tracked).Concat(Users);

        var read = files.Where(file => !file.IsWritten).Select(file => file.Path).ToList();
        Assert.Contains("networks/resnet8-fashion.safetensors", read);
        Assert.Empty(read.Except(there));
    }

    [Fact]
    public async Task Every_word_that_is_a_default_is_one_that_can_be_typed()
    {
        var lines = (await Helps.Value).SelectMany(help => help.Split('\n')).ToList();

        Assert.DoesNotContain(lines, line => Defaults().Match(line) is { Success: true } m && !m.Groups[1].Value.All(char.IsAsciiDigit));
        var choices = lines.Select(line => Choices().Match(line)).Where(m => m.Success).ToList();
        Assert.NotEmpty(choices);
        Assert.All(choices, m => Assert.Contains(m.Groups[2].Value, m.Groups[1].Value.Split('|')));
    }

    [Fact]
    public async Task Every_option_stands_in_a_document()
    {
        var documents = Directory.EnumerateFiles(Repository.File("docs"), "*.md").Append(Repository.File("README.md"));
        var words = documents.SelectMany(path => LongOptions().Matches(File.ReadAllText(path))).Select(m => m.Value).ToHashSet();

        var options = (await Helps.Value).SelectMany(help => OptionRows().Matches(help)).Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.Contains("--full-adders", options);
        Assert.Empty(options.Except(words));
    }

    private static async Task<string> HelpAsync(string command) => (await CliProcess.RunAsync(command, "--help")).StandardOutput;

    // A path has a dot or a slash in it, and no option, and no quotes, as patterns have.
    private static IEnumerable<(string Path, bool IsWritten)> Files(string help)
    {
        var words = help.Split("Example:\n")[1].Split(' ', '\n');
        var option = "";
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal)) option = word;
            else if (word.AsSpan().ContainsAny('.', '/') && !word.Contains('\'')) yield return (word, Writing.Contains(option));
        }
    }

    private static async Task<IEnumerable<string>> TrackedAsync() =>
        (await CliWrap.Cli.Wrap("git").WithArguments(["-C", Repository.Root, "ls-files"])
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken)).StandardOutput.Split('\n');

    [GeneratedRegex(@"\[default: ([^\]]*)\]")]
    private static partial Regex Defaults();

    [GeneratedRegex(@"^  --\S+ <([a-z0-9-]+(?:\|[a-z0-9-]+)+)> .*[Ll]eft out: (?:[^.]*, else )?([a-z0-9-]+)\.")]
    private static partial Regex Choices();

    [GeneratedRegex(@"--[a-z][a-z-]*")]
    private static partial Regex LongOptions();

    [GeneratedRegex(@"^  (?:-\S+, )*(--[a-z][a-z-]*)", RegexOptions.Multiline)]
    private static partial Regex OptionRows();
}
