using System.Text.Json;

namespace LutDla.Exploration.Synthesis;

/// <summary>A mapped design in numbers.</summary>
/// <param name="Modules">Largest first.</param>
/// <param name="Totals">Cells of the whole design by kind.</param>
/// <param name="CellTypes">Cells of the whole design by name.</param>
/// <param name="Area">Of all cells but black boxes, in the unit of the library; nothing where cells have no area. No wires.</param>
/// <param name="Notes">What a reader must know to use the numbers.</param>
public sealed record SynthesisReport(
    string Top,
    string Target,
    double? Area,
    IReadOnlyDictionary<CellKind, long> Totals,
    IReadOnlyDictionary<string, long> CellTypes,
    IReadOnlyList<ModuleRow> Modules,
    IReadOnlyList<MemoryFinding> Memories,
    IReadOnlyList<string> Notes)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
    };

    public long Count(CellKind kind) => Totals.GetValueOrDefault(kind);

    /// <summary>Look-up tables of an FPGA, whatever their size.</summary>
    public long LookupTables =>
        CellTypes.Where(c => c.Key is "SB_LUT4" or "LUT1" or "LUT2" or "LUT3" or "LUT4" or "LUT5" or "LUT6").Sum(c => c.Value);

    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}
