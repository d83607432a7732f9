using System.Text.Json;

namespace LutDla.Cli.Tests;

public sealed class CommandLineTests
{
    public static TheoryData<string> Commands { get; } = new(
        "doctor", "train", "inspect", "convert", "sensitivity", "infer", "generate", "export", "schedule", "estimate", "explore",
        "simulate", "verify", "synth", "calibrate", "report", "schema");

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_of_every_command_has_an_example(string command)
    {
        var run = await CliProcess.RunAsync(command, "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"Example:\n  lutdla {command}", run.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("--json", run.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("--seed", run.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_exactly_the_commands_that_are_tested_here()
    {
        var run = await CliProcess.RunAsync("--help");

        var listed = run.StandardOutput.Split("Commands:\n")[1].Split('\n')
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ')
            .Select(line => line.Trim().Split(' ')[0]);
        Assert.Equal(Commands.Select(row => row.Data), listed);
    }

    [Theory]
    [InlineData("Required command was not provided.")]
    [InlineData("doctr = (unknown)\n    is no command of lutdla.\n    Did you mean doctor?", "doctr")]
    [InlineData("--jsn = (unknown)\n    is no option of lutdla doctor.\n    Did you mean --json?", "doctor", "--jsn", "x")]
    [InlineData("extra = (unknown)\n    is no argument of lutdla doctor.\n    See lutdla doctor --help.", "doctor", "extra")]
    [InlineData("--seed = seven\n    must be a whole number from 0 to 2147483647.", "doctor", "--seed", "seven")]
    [InlineData("--seed = -1\n    must be a whole number from 0 to 2147483647.", "doctor", "--seed", "-1")]
    [InlineData("--json = (none)\n    Required argument missing for option: '--json'.", "doctor", "--json")]
    [InlineData(
        "--json = no/such/folder/result.json\n    must lie in a folder that exists.", "doctor", "--json", "no/such/folder/result.json")]
    public async Task A_wrong_command_line_ends_with_2_and_says_what_is_wrong(string message, params string[] arguments)
    {
        var run = await CliProcess.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
        Assert.Empty(run.StandardOutput);
    }

    [Fact]
    public async Task All_faults_of_a_command_line_are_told_at_once()
    {
        var run = await CliProcess.RunAsync("doctor", "--seed", "x", "--sed", "--jason");

        Assert.Contains("--seed = x", run.StandardError, StringComparison.Ordinal);
        Assert.Contains("Did you mean --seed?", run.StandardError, StringComparison.Ordinal);
        Assert.Contains("Did you mean --json?", run.StandardError, StringComparison.Ordinal);
        Assert.Contains("3 problems", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_goes_to_the_standard_output_alone_and_text_to_the_standard_error()
    {
        var run = await CliProcess.RunAsync("doctor", "--json", "-", "--seed", "7");

        var root = JsonDocument.Parse(run.StandardOutput).RootElement;
        Assert.Equal("doctor", root.GetProperty("command").GetString());
        Assert.Equal(7, root.GetProperty("seed").GetInt32());
        Assert.Contains("needed for", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirected_output_has_no_escape_sequences()
    {
        var environment =
            new Dictionary<string, string?> { ["TERM"] = "xterm-256color", ["COLORTERM"] = "truecolor", ["GITHUB_ACTIONS"] = "true" };

        var good = await CliProcess.RunAsync(environment, "doctor");
        var bad = await CliProcess.RunAsync(environment, "doctr");

        Assert.DoesNotContain('\u001b', good.StandardOutput + good.StandardError + bad.StandardOutput + bad.StandardError);
    }
}
