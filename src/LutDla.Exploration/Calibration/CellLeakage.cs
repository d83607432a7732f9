using LutDla.Exploration.Liberty;
using LutDla.Exploration.Power;
using LutDla.Exploration.Synthesis;

namespace LutDla.Exploration.Calibration;

/// <summary>What cells leak when every state of their pins is as likely as any other.</summary>
internal sealed class CellLeakage(LibertyLibrary library)
{
    private const double NanowattsOfWatt = 1e9;

    private readonly CellModelReader _reader = new(library);
    private readonly Dictionary<string, double> _nanowatts = new(StringComparer.Ordinal);

    /// <summary>Of the cells of a module, in nanowatts.</summary>
    public double Of(ModuleRow row) => row.CellTypes.Where(c => library.Cells.ContainsKey(c.Key)).Sum(c => c.Value * Of(c.Key));

    private double Of(string cell) => _nanowatts.TryGetValue(cell, out var known)
        ? known
        : _nanowatts[cell] = NanowattsOfWatt * _reader.Read(cell).Leakage.Average();
}
