using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using LutDla.Hardware;

namespace LutDla.Cli;

/// <summary>Options of the kinds that the commands share, with their range checks.</summary>
internal static class Options
{
    public static Option<string> Path(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName, Required = true };

    public static Option<int> Integer(string name, string description, int minimum, int maximum, int standard, bool recursive = false) => new(name)
    {
        Description = description,
        HelpName = "N",
        Recursive = recursive,
        DefaultValueFactory = _ => standard,
        CustomParser = result => Parse(result, minimum, maximum),
    };

    /// <summary>One of the names of an enumeration, in snake_case.</summary>
    public static Option<T> Choice<T>(string name, string description, T standard)
        where T : struct, Enum => new(name)
        {
            Description = description,
            HelpName = string.Join('|', Names<T>()),
            DefaultValueFactory = _ => standard,
            CustomParser = Parse<T>,
        };

    private static int Parse(ArgumentResult result, int minimum, int maximum)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= minimum && value <= maximum)
        {
            return value;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {minimum} to {maximum}."));
        return minimum;
    }

    private static T Parse<T>(ArgumentResult result)
        where T : struct, Enum
    {
        var names = Names<T>();
        var index = Array.IndexOf(names, result.Tokens[0].Value);
        if (index >= 0)
            return Enum.GetValues<T>()[index];
        result.AddError($"must be one of {string.Join(", ", names)}. {Spelling.Suggest(result.Tokens[0].Value, names, "")}".TrimEnd());
        return default;
    }

    private static string[] Names<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
}
