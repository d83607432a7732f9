using System.CommandLine;
using LutDla.Cli.Output;

namespace LutDla.Cli;

/// <summary>One run of one command: where it prints and what it was given.</summary>
internal sealed class CommandRun(ParseResult parse, CancellationToken cancellation)
{
    public Terminal Terminal { get; } = new(JsonTarget(parse) == JsonFile.StandardOutput ? Console.Error : Console.Out);

    public CancellationToken Cancellation => cancellation;

    public int Seed => parse.GetValue(CommonOptions.Seed);

    public T Get<T>(Option<T> option) => parse.GetRequiredValue(option);

    /// <summary>A file to write, which can be written.</summary>
    public string GetOutput(Option<string> option) => OutputFile.Check(option.Name, Get(option));

    /// <inheritdoc cref="GetOutput"/>
    public string? FindOutput(Option<string?> option) => Find(option) is { } path ? OutputFile.Check(option.Name, path) : null;

    /// <summary>A folder to write, which can be made.</summary>
    public string GetOutputFolder(Option<string> option) => OutputFolder.Check(option.Name, Get(option));

    /// <inheritdoc cref="GetOutputFolder"/>
    public string? FindOutputFolder(Option<string?> option) => Find(option) is { } path ? OutputFolder.Check(option.Name, path) : null;

    public T? Find<T>(Option<T> option) => parse.GetValue(option);

    /// <summary>Whether the user has said it, instead of leaving it at its default.</summary>
    public bool IsGiven(Option option) => parse.GetResult(option) is { Implicit: false };

    /// <summary>Makes a command whose <paramref name="work"/> returns what a script should know.</summary>
    public static Command Define(
        string name, string description, string example, IEnumerable<Option> options, Func<CommandRun, Task<Outcome>> work)
    {
        var command = new CommandWithExample(name, description, example);
        foreach (var option in options)
            command.Add(option);
        command.SetAction((parse, cancellation) => new CommandRun(parse, cancellation).RunAsync(name, work));
        return command;
    }

    private static string? JsonTarget(ParseResult parse) => parse.GetValue(CommonOptions.Json);

    private async Task<int> RunAsync(string name, Func<CommandRun, Task<Outcome>> work)
    {
        PathClashes.Check(parse);
        var target = JsonTarget(parse);
        if (target is not null and not JsonFile.StandardOutput)
            OutputFile.Check(CommonOptions.Json.Name, target);
        var outcome = await work(this);
        if (target is not null)
            JsonFile.Write(target, name, Seed, outcome.Result);
        return (int)outcome.ExitCode;
    }
}

/// <summary>How a command ended.</summary>
/// <param name="Result">Written as JSON where that is asked for; property names become snake_case.</param>
internal sealed record Outcome(ExitCode ExitCode, object Result);
