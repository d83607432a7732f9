using System.CommandLine;
using System.CommandLine.Parsing;
using LutDla.Boundary;

namespace LutDla.Cli;

/// <summary>The parser's complaints in the form that all bad input has.</summary>
internal static class ParseProblems
{
    private const string Source = "command line";

    public static IReadOnlyList<InputProblem> Of(ParseResult parse)
    {
        var problems = parse.UnmatchedTokens.Select(token => Unknown(token, parse.CommandResult));
        // An unknown word also appears among the errors; a missing command does where its name is mistyped.
        var errors = parse.Errors
            .Where(e => !parse.UnmatchedTokens.Any(token => e.Message.Contains($"'{token}'", StringComparison.Ordinal)))
            .Where(e => parse.UnmatchedTokens.Count == 0 || e.SymbolResult is not CommandResult)
            .Select(e => Problem(e, parse.CommandResult));
        return [.. problems, .. errors];
    }

    private static InputProblem Unknown(string token, CommandResult command)
    {
        var known = token.StartsWith('-')
            ? Ancestry(command).SelectMany(c => c.Command.Options).Select(o => o.Name)
            : command.Command.Subcommands.Select(c => c.Name);
        var what = token.StartsWith('-') ? "option" : known.Any() ? "command" : "argument";
        return new(Source, token, "(unknown)", $"is no {what} of {Path(command)}.", Spelling.Suggest(token, known, See(command)));
    }

    private static InputProblem Problem(ParseError error, CommandResult command)
    {
        var (key, tokens) = error.SymbolResult switch
        {
            OptionResult option => (option.Option.Name, option.Tokens),
            CommandResult => (Path(command), command.Tokens),
            _ => ("arguments", []),
        };
        return new(Source, key, tokens.Count == 0 ? "(none)" : string.Join(' ', tokens.Select(t => t.Value)), error.Message, See(command));
    }

    private static string See(CommandResult command) => $"See {Path(command)} --help.";

    private static string Path(CommandResult command) => string.Join(' ', Ancestry(command).Reverse().Select(c => c.Command.Name));

    private static IEnumerable<CommandResult> Ancestry(CommandResult command)
    {
        for (var c = command; c is not null; c = c.Parent as CommandResult)
            yield return c;
    }
}
