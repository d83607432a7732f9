using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LutDla.Boundary;

namespace LutDla.Cli;

/// <summary>Options of the kinds that the commands share, with their range checks.</summary>
internal static class Options
{
    public static Option<string> Path(string name, PathUse use, string helpName, string description) =>
        new PathOption<string>(name, use) { Description = description, HelpName = helpName, Required = true };

    public static Option<int> Integer(string name, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = "N",
        Required = true,
        CustomParser = result => Parse(result, minimum, maximum),
    };

    /// <summary>The same, and null where it is left out.</summary>
    public static Option<int?> OptionalInteger(string name, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse(result, minimum, maximum),
    };

    /// <summary>One of some values by its name.</summary>
    public static Option<T> Choice<T>(string name, string description, IEnumerable<T> values, Func<T, string> spell)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = string.Join('|', values.Select(spell)),
            Required = true,
            CustomParser = result => Parse(result, values.ToDictionary(spell, StringComparer.Ordinal)),
        };

    /// <summary>The same, and null where it is left out.</summary>
    public static Option<T?> OptionalChoice<T>(string name, string description, IEnumerable<T> values, Func<T, string> spell)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = string.Join('|', values.Select(spell)),
            CustomParser = result => Parse(result, values.ToDictionary(spell, StringComparer.Ordinal)),
        };

    /// <summary>Gives an option the value that it has when it is left out.</summary>
    public static Option<T> WithDefault<T>(this Option<T> option, T value)
    {
        option.Required = false;
        option.DefaultValueFactory = _ => value;
        return option;
    }

    /// <summary>Refuses a command line with one of some options and one of others, whose place they take.</summary>
    public static void Exclude(IEnumerable<Option> options, params IEnumerable<Option> others)
    {
        foreach (var option in options)
        {
            Check(option, result => others.FirstOrDefault(other => IsGiven(result, other)) is { } other
                ? $"cannot be given together with {other.Name}."
                : null);
        }
    }

    /// <summary>Refuses a command line with an option that changes nothing without another one.</summary>
    public static void Require(Option option, Option other) =>
        Check(option, result => IsGiven(result, other) ? null : $"has no meaning without {other.Name}.");

    private static void Check(Option option, Func<OptionResult, string?> find) => option.Validators.Add(result =>
    {
        if (!result.Implicit && find(result) is { } problem)
            result.AddError(problem);
    });

    private static bool IsGiven(OptionResult result, Option option) => result.GetResult(option) is { Implicit: false };

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

    private static T Parse<T>(ArgumentResult result, Dictionary<string, T> values)
    {
        if (values.TryGetValue(result.Tokens[0].Value, out var value))
            return value;
        result.AddError(
            $"must be one of {string.Join(", ", values.Keys)}. {Spelling.Suggest(result.Tokens[0].Value, values.Keys, "")}".TrimEnd());
        return values.Values.First();
    }
}
