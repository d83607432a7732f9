using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using LutDla.Boundary;

namespace LutDla.Exploration.Memories;

/// <summary>
/// Memory macros from a CSV file with a line a macro and a first line that names the columns, in any order: <c>node_nm</c>,
/// <c>width_bits</c>, <c>area_um2</c>, and <c>words</c> or <c>capacity_bytes</c>. It may have <c>macro</c>, <c>family</c> (without it
/// a node is a family, <c>65nm</c>), <c>vdd_V</c>, <c>read_pJ</c>, <c>write_pJ</c>, <c>access_ns</c>, <c>note</c>, and the leakage as
/// <c>leakage_nW</c> or as <c>leakage_mW_per_bank</c> and <c>banks</c>.
/// </summary>
/// <param name="File">Its path.</param>
/// <param name="Sha256">Of the file, in hexadecimal.</param>
/// <param name="Macros">In the order of the file.</param>
public sealed record SramTable(string File, string Sha256, IReadOnlyList<SramMacro> Macros)
{
    /// <summary>Where published macros are below the folder of data.</summary>
    public const string PublishedMacros = "sram/sram_macros.csv";

    /// <summary>Where what CACTI computed is below the folder of data.</summary>
    public const string CactiMacros = "sram/cacti_sram.csv";

    private const int LargestBytes = 16 << 20;

    /// <exception cref="InvalidInputException">It cannot be read, or a column or a number is missing or out of range.</exception>
    public static SramTable Load(string path)
    {
        try
        {
            var bytes = InputFile.Find(path, LargestBytes)
                ?? throw Refuse(path, "size", $"over {LargestBytes} bytes", "A table of macros is smaller.");
            SramMacro[] macros = [.. Lines(path, Encoding.UTF8.GetString(bytes))];
            return macros.Length > 0
                ? new(path, Convert.ToHexStringLower(SHA256.HashData(bytes)), macros)
                : throw Refuse(path, "line 2", "absent", "A table has at least one macro.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refuse(path, "file", "unreadable", e.Message);
        }
    }

    private static IEnumerable<SramMacro> Lines(string path, string text)
    {
        using var csv = new CsvReader(
            new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { DetectColumnCountChanges = true });
        if (!Next(path, csv) || !csv.ReadHeader())
            throw Refuse(path, "line 1", "absent", "The first line names the columns.");
        while (Next(path, csv))
            yield return new SramRow(path, csv).Macro();
    }

    private static bool Next(string path, CsvReader csv)
    {
        // Where it begins: a quote that is not closed takes all lines that follow.
        var line = csv.Parser.RawRow + 1;
        try
        {
            return csv.Read();
        }
        catch (CsvHelperException)
        {
            throw Refuse(path, $"line {line}", "not readable", "A line has as many fields as the first one.");
        }
    }

    private static InvalidInputException Refuse(string path, string key, string value, string rule) =>
        new(path, key, value, rule, SramRow.Mend);
}
