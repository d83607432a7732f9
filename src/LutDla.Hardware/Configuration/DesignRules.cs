using System.Globalization;
using System.Text.RegularExpressions;

namespace LutDla.Hardware.Configuration;

/// <summary>A broken rule of a configuration.</summary>
/// <param name="Key">JSON path, such as <c>similarity.vector_length</c>.</param>
public sealed record ConfigProblem(string Key, string Value, string Rule, string Mend);

/// <summary>Which configurations are legal. Yields every problem at once, in the order of the file.</summary>
public static partial class DesignRules
{
    public static IEnumerable<ConfigProblem> Problems(DesignConfig config) =>
        [
            .. Name(config.Name),
            .. Similarity(config.Similarity),
            .. Matching(config.Matching),
            .. Tile(config),
            .. Rescale(config),
            .. Memories(config.Memories),
        ];

    private static IEnumerable<ConfigProblem> Name(string name)
    {
        if (!ModuleName().IsMatch(name))
            yield return new("name", name, "must start with a lower-case letter and hold at most 40 lower-case letters, digits and underscores.", "Rename it, for example to edge_v4.");
    }

    private static IEnumerable<ConfigProblem> Similarity(SimilarityConfig s) =>
        [
            .. Range("similarity.activation_bits", s.ActivationBits, 4, 16, "bits"),
            .. Range("similarity.vector_length", s.VectorLength, 1, 16, "elements"),
            .. Range("similarity.centroids", s.Centroids, 2, 256, "centroids"),
        ];

    private static IEnumerable<ConfigProblem> Matching(MatchingConfig m) =>
        [
            .. Range("matching.table_bits", m.TableBits, 2, 16, "bits"),
            .. Range("matching.lanes", m.Lanes, 1, 1024, "lanes"),
            .. Range("matching.modules", m.Modules, 1, 16, "modules"),
            .. Range("matching.subspaces_in_parallel", m.SubspacesInParallel, 1, 16, "subspaces"),
            .. Range("matching.rows_in_parallel", m.RowsInParallel, 1, 8, "rows"),
            .. Divides("matching.load_lanes", m.LoadLanes, "matching.lanes", m.Lanes, zeroIsAll: true),
            .. Divides("matching.load_subspaces", m.LoadSubspaces, "matching.subspaces_in_parallel", m.SubspacesInParallel, zeroIsAll: false),
        ];

    private static IEnumerable<ConfigProblem> Tile(DesignConfig config)
    {
        var (tile, tableBits) = (config.Tile, config.Matching.TableBits);
        foreach (var problem in Range("tile.rows", tile.Rows, 1, 65536, "rows")
            .Concat(Range("tile.maximum_subspaces", tile.MaximumSubspaces, 1, 65536, "subspaces"))
            .Concat(Range("tile.index_buffer_beats", tile.IndexBufferBeats, 4, 1 << 20, "beats"))
            .Concat(Range("tile.scratchpad_buffers", tile.ScratchpadBuffers, 1, 2, "buffers")))
        {
            yield return problem;
        }

        if (tile.AccumulatorBits != 0 && (tile.AccumulatorBits <= tableBits || tile.AccumulatorBits > 32))
            yield return new("tile.accumulator_bits", Text(tile.AccumulatorBits), $"must be 0 (derived) or {tableBits + 1} to 32 bits: more than matching.table_bits.", "Leave it out to have it derived from tile.maximum_subspaces.");
    }

    private static IEnumerable<ConfigProblem> Rescale(DesignConfig config) =>
        [
            .. Divides("rescale.units", config.Rescale.Units, "matching.lanes", config.Matching.Lanes, zeroIsAll: false),
            .. Range("rescale.output_bits", config.Rescale.OutputBits, 2, 16, "bits"),
        ];

    private static IEnumerable<ConfigProblem> Memories(MemoryConfig memories)
    {
        if (memories.Codebooks is MemoryStyle.FpgaRam or MemoryStyle.Macro)
            yield return new("memories.codebooks", memories.Codebooks == MemoryStyle.Macro ? "macro" : "fpga_ram", "must be flip_flop or latch: every centroid is compared in every cycle, which no RAM can serve.", "Use flip_flop on an FPGA, latch on an ASIC.");
    }

    private static IEnumerable<ConfigProblem> Range(string key, int value, int minimum, int maximum, string unit)
    {
        if (value < minimum || value > maximum)
            yield return new(key, Text(value), $"must be {minimum} to {maximum} {unit}.", "Choose a value in this range.");
    }

    private static IEnumerable<ConfigProblem> Divides(string key, int value, string wholeKey, int whole, bool zeroIsAll)
    {
        if (zeroIsAll && value == 0)
            yield break;
        if (value < 1 || value > whole || whole % value != 0)
            yield return new(key, Text(value), $"must divide {wholeKey} ({Text(whole)}){(zeroIsAll ? ", or be 0 for all" : "")}.", $"Divisors of {Text(whole)}: {Divisors(whole)}.");
    }

    private static string Divisors(int whole) =>
        string.Join(", ", Enumerable.Range(1, Math.Clamp(whole, 1, 1024)).Where(d => whole % d == 0).Select(Text));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex ModuleName();
}
