using System.Globalization;
using LutDla.Boundary;

namespace LutDla.Baseline.Memories;

/// <summary>Published memory macros, from a file with a line a macro and a first line that names the columns.</summary>
public static class SramMacroTable
{
    /// <summary>Where the table is below the folder of data.</summary>
    public const string RelativePath = "sram/sram_macros.csv";

    private const string Mend = "Give the table as it was published.";

    private static readonly string[] Columns = ["macro", "family", "words", "width_bits", "area_um2"];

    /// <exception cref="InvalidInputException">A column or a number is missing.</exception>
    public static IReadOnlyList<SramMacro> Load(string path)
    {
        var lines = File.ReadAllLines(path);
        var header = lines.Length == 0 ? [] : lines[0].Split(',');
        if (Columns.FirstOrDefault(c => !header.Contains(c)) is { } missing)
            throw new InvalidInputException(path, "line 1", missing, "A table of memory macros has this column.", Mend);
        int[] at = [.. Columns.Select(c => Array.IndexOf(header, c))];
        return [.. lines.Skip(1).Where(line => line.Length > 0).Select((line, k) => Macro(path, k + 2, line.Split(','), at))];
    }

    private static SramMacro Macro(string path, int line, string[] fields, int[] at) =>
        fields.Length > at.Max()
        && int.TryParse(fields[at[2]], CultureInfo.InvariantCulture, out var words) && words > 0
        && int.TryParse(fields[at[3]], CultureInfo.InvariantCulture, out var bits) && bits > 0
        && double.TryParse(fields[at[4]], CultureInfo.InvariantCulture, out var area) && area > 0
            ? new SramMacro(fields[at[0]], fields[at[1]], words, bits, area)
            : throw new InvalidInputException(
                path, $"line {line}", fields[0], "A macro has words, bits of a word and an area, all above 0.", Mend);
}
