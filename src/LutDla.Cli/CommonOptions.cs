using System.CommandLine;
using System.Text.Json;
using LutDla.Hardware;

namespace LutDla.Cli;

/// <summary>Options that several commands take; the first two belong to all.</summary>
internal static class CommonOptions
{
    public static Option<string?> Json { get; } = new PathOption<string?>("--json", PathUse.IsWritten)
    {
        Description =
            "Also write the result as JSON to FILE; - is the standard output, and text for people then goes to the standard error.",
        HelpName = "FILE|-",
        Recursive = true,
    };

    public static Option<int> Seed { get; } = MakeSeed();

    public static Option<string> Config() =>
        Options.Path("--config", PathUse.Stays, "FILE", "Design configuration, such as configs/edge.json.");

    public static Option<string> Artefact() =>
        Options.Path("--network", PathUse.Stays, "FILE", "Converted network (artefact), as lutdla convert writes it.");

    /// <summary>A metric as configurations spell it.</summary>
    public static string Spell(DistanceMetric metric) => JsonNamingPolicy.SnakeCaseLower.ConvertName(metric.ToString());

    private static Option<int> MakeSeed()
    {
        var seed = Options.Integer("--seed", "Seed of everything that is drawn: the same seed gives the same result.", 0, int.MaxValue)
            .WithDefault(1);
        seed.Recursive = true;
        return seed;
    }
}
