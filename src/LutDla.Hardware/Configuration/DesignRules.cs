using System.Globalization;
using System.Text.RegularExpressions;

namespace LutDla.Hardware.Configuration;

/// <summary>A broken rule of a configuration.</summary>
/// <param name="Key">JSON path, such as <c>similarity.vector_length</c>.</param>
public sealed record ConfigProblem(string Key, string Value, string Rule, string Mend);

/// <summary>Which configurations are legal. Yields every problem at once, in the order of the record.</summary>
public static class DesignRules
{
    private static readonly Relation[] Relations =
    [
        Divisor("matching.load_lanes", c => c.Matching.LoadLanes, "matching.lanes", c => c.Matching.Lanes, zeroIsAll: true),
        Divisor(
            "matching.load_subspaces", c => c.Matching.LoadSubspaces, "matching.subspaces_in_parallel",
            c => c.Matching.SubspacesInParallel),
        new("tile.accumulator_bits", "matching.table_bits", Accumulator),
        Divisor("rescale.units", c => c.Rescale.Units, "matching.lanes", c => c.Matching.Lanes),
        new("memories.codebooks", "", Codebooks),
    ];

    public static IEnumerable<ConfigProblem> Problems(DesignConfig config) => Problems(config, new HashSet<string>());

    /// <summary>Whether values go together that are each within their own range. Quick, for those who ask of millions.</summary>
    public static bool GoTogether(DesignConfig config) => Array.TrueForAll(Relations, relation => relation.Check(config) is null);

    /// <param name="unusable">
    /// Keys whose values stand in for something that could not be read: no rule that looks at one is checked.
    /// </param>
    internal static IEnumerable<ConfigProblem> Problems(DesignConfig config, IReadOnlySet<string> unusable)
    {
        ConfigProblem[] alone = [.. Alone(RecordShape.Design, config).Where(p => !unusable.Contains(p.Key))];
        HashSet<string> suspect = [.. unusable, .. alone.Select(p => p.Key)];
        var together = Relations.Where(r => !suspect.Contains(r.Key) && !suspect.Contains(r.OtherKey)).Select(r => r.Check(config))
            .OfType<ConfigProblem>();
        return [.. alone, .. together];
    }

    /// <summary>Values that are wrong whatever the others are.</summary>
    private static IEnumerable<ConfigProblem> Alone(RecordShape shape, object record) =>
        shape.Keys.SelectMany(key => (key.Nested, key.Property.GetValue(record)) switch
        {
            ({ } nested, { } section) => Alone(nested, section),
            (_, int number) when key.Setting is { } setting => Range(key.Path, number, setting),
            (_, string text) when key.Setting is { } setting => Pattern(key.Path, text, setting),
            _ => [],
        });

    private static IEnumerable<ConfigProblem> Range(string key, int value, SettingAttribute setting)
    {
        if (value < setting.Minimum || value > setting.Maximum)
            yield return new(
                key, Text(value), $"must be {Text(setting.Minimum)} to {Text(setting.Maximum)} {setting.Unit}.",
                "Choose a value in this range.");
    }

    private static IEnumerable<ConfigProblem> Pattern(string key, string value, SettingAttribute setting)
    {
        // The length too, because $ also matches before a last line break.
        if (Regex.Match(value, setting.Pattern, RegexOptions.CultureInvariant).Length != value.Length || value.Length == 0)
            yield return new(key, value, $"must match {setting.Pattern}.", setting.Description);
    }

    private static Relation Divisor(
        string key, Func<DesignConfig, int> value, string wholeKey, Func<DesignConfig, int> whole, bool zeroIsAll = false) =>
        new(key, wholeKey, config => Divisor(key, value(config), wholeKey, whole(config), zeroIsAll));

    private static ConfigProblem? Divisor(string key, int value, string wholeKey, int whole, bool zeroIsAll) =>
        (value == 0 && zeroIsAll) || whole % value == 0
            ? null
            : new(
                key, Text(value), $"must divide {wholeKey} ({Text(whole)}){(zeroIsAll ? ", or be 0 for all" : "")}.",
                $"Divisors of {Text(whole)}: {Divisors(whole)}.");

    private static string Divisors(int whole) => string.Join(", ", Enumerable.Range(1, whole).Where(d => whole % d == 0).Select(Text));

    private static ConfigProblem? Accumulator(DesignConfig config) =>
        config.Tile.AccumulatorBits == 0 || config.Tile.AccumulatorBits > config.Matching.TableBits
            ? null
            : new(
                "tile.accumulator_bits", Text(config.Tile.AccumulatorBits),
                $"must be 0 (derived) or more than matching.table_bits ({Text(config.Matching.TableBits)}).",
                "Leave it out to have it derived from tile.maximum_subspaces.");

    private static ConfigProblem? Codebooks(DesignConfig config) =>
        config.Memories.Codebooks is MemoryStyle.FlipFlop or MemoryStyle.Latch
            ? null
            : new(
                "memories.codebooks", RecordShape.Word(config.Memories.Codebooks),
                "must be flip_flop or latch: every centroid is compared in every cycle, which no RAM can serve.",
                "Use flip_flop on an FPGA, latch on an ASIC.");

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A rule for a value whose own range is kept.</summary>
    /// <param name="OtherKey">The key with which the value may clash, whose range is kept too; empty where there is none.</param>
    private sealed record Relation(string Key, string OtherKey, Func<DesignConfig, ConfigProblem?> Check);
}
