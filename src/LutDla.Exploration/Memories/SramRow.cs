using System.Globalization;
using CsvHelper;
using LutDla.Boundary;

namespace LutDla.Exploration.Memories;

/// <summary>A line of a table of macros.</summary>
internal sealed class SramRow(string path, CsvReader csv)
{
    /// <summary>What to do about a table that cannot be read.</summary>
    public const string Mend = "Give a table as docs/estimating.md describes it.";

    // Far above any macro: what lies beyond is another unit or no number of this kind.
    private const double Largest = 1e12;
    private const int MostWords = 1 << 30;
    private const int MostWordBits = 1 << 20;
    private const double MostNanometres = 10_000;
    private const double MostVolts = 100;
    private const double NanowattsOfMilliwatt = 1e6;

    /// <exception cref="InvalidInputException">A column or a number is missing or out of range.</exception>
    public SramMacro Macro()
    {
        var node = Positive("node_nm", MostNanometres);
        var wordBits = Whole("width_bits", MostWordBits);
        return new(
            Text("macro"), Has("family") ? Text("family") : string.Create(CultureInfo.InvariantCulture, $"{node}nm"), node,
            Find("vdd_V", MostVolts), Words(wordBits), wordBits, Figures(), Text("note"));
    }

    private int Words(int wordBits)
    {
        if (Has("words"))
            return Whole("words", MostWords);
        return 8L * Whole("capacity_bytes", MostWords) / wordBits is > 0 and <= MostWords and var words
            ? (int)words : throw Refuse("capacity_bytes", "must be a word or more.");
    }

    private Dictionary<SramQuantity, double> Figures()
    {
        (SramQuantity Quantity, double? Value)[] figures =
        [
            (SramQuantity.Area, Positive("area_um2", Largest)),
            (SramQuantity.ReadEnergy, Find("read_pJ", Largest)),
            (SramQuantity.WriteEnergy, Find("write_pJ", Largest)),
            (SramQuantity.Leakage, Leakage()),
            (SramQuantity.AccessTime, Find("access_ns", Largest)),
        ];
        return figures.Where(f => f.Value is not null).ToDictionary(f => f.Quantity, f => f.Value ?? 0);
    }

    private double? Leakage() => Has("leakage_nW")
        ? Find("leakage_nW", Largest)
        : Find("leakage_mW_per_bank", Largest) * (Find("banks", Largest) ?? 1) * NanowattsOfMilliwatt;

    // Nothing, or 0, where it is not known.
    private double? Find(string column, double most) => Text(column) switch
    {
        "" => null,
        var text => Number(text) is >= 0 and var value && value <= most
            ? value > 0 ? value : null
            : throw Refuse(column, string.Create(CultureInfo.InvariantCulture, $"must be a number from 0 to {most}.")),
    };

    private double Positive(string column, double most) =>
        Find(column, most) ?? throw Refuse(column, string.Create(CultureInfo.InvariantCulture, $"must be above 0 and at most {most}."));

    private int Whole(string column, int most) => Positive(column, most) is var value && value == Math.Floor(value)
        ? (int)value : throw Refuse(column, "must be a whole number.");

    private string Text(string column) => Has(column) ? csv.GetField(column)?.Trim() ?? "" : "";

    private bool Has(string column) => csv.HeaderRecord?.Contains(column, StringComparer.Ordinal) ?? false;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private InvalidInputException Refuse(string column, string rule) => new(
        path, $"line {csv.Parser.RawRow}, {column}",
        !Has(column) ? "no such column" : Text(column) is { Length: > 0 } text ? text : "(empty)", rule, Mend);
}
