using System.CommandLine;

namespace LutDla.Cli;

/// <summary>Options that every command takes.</summary>
internal static class CommonOptions
{
    public static Option<string?> Json { get; } = new("--json")
    {
        Description = "Also write the result as JSON to FILE; - is the standard output, and text for people then goes to the standard error.",
        HelpName = "FILE|-",
        Recursive = true,
    };

    public static Option<int> Seed { get; } = Options.Integer("--seed", "Seed of everything that is drawn: the same seed gives the same result.", 0, int.MaxValue, 1, recursive: true);
}
