using LutDla.Exploration.Calibration;
using LutDla.Exploration.Memories;
using LutDla.Hardware;

namespace LutDla.Exploration.Estimation;

/// <summary>What a core costs in cells of a technology and macros of a family, without a network.</summary>
/// <param name="Cost">Of the whole core; areas of cells in the unit of the library, of macros in square micrometres.</param>
public sealed record CoreEstimate(Core Core, TechnologyModel Technology, PartCost Cost)
{
    private const double PicosecondsOfNanosecond = 1000;
    private const double NanowattsOfMilliwatt = 1e6;

    public double CellArea => Cost.Area;

    public double MacroArea { get; } = Cost.Macros.Sum(m => m.Copies * m.Area);

    public double Area => CellArea + MacroArea;

    /// <summary>Slowest path through cells; nothing where the technology does not know it.</summary>
    public double? PathNanoseconds => Technology.HasPower ? Cost.Path.Nanoseconds : null;

    /// <summary>The kind of module that it ends in.</summary>
    public string? PathEnd => Technology.HasPower ? Cost.Path.Kind : null;

    /// <summary>Slowest access; nothing where there is none or the family does not say.</summary>
    public double? MacroNanoseconds { get; } = Cost.Macros.Max(m => m.AccessNanoseconds);

    /// <summary>Bits stored in macros.</summary>
    public long MacroBits => Cost.Macros.Sum(m => m.Copies * m.Words * m.WordBits);

    /// <summary>
    /// The clock that figures are for: the one that the cells were chosen for, or a slower one that the slowest path or macro needs.
    /// </summary>
    public double ClockNanoseconds => Math.Max(
        Technology.ClockPeriodPicoseconds / PicosecondsOfNanosecond, Math.Max(PathNanoseconds ?? 0, MacroNanoseconds ?? 0));

    public static CoreEstimate Of(Core core, PartCosts costs) => new(core, costs.Technology, costs.Of(core));

    /// <summary>Milliwatts of the cells; nothing where the technology has no power.</summary>
    public double? CellMilliwatts(Activity activity) => Technology.HasPower
        ? Cost.Energy.At(activity) / ClockNanoseconds + Cost.LeakageNanowatts / NanowattsOfMilliwatt
        : null;

    /// <summary>Milliwatts of the macros; nothing where the family does not say what an access costs.</summary>
    public double? MacroMilliwatts(Activity activity)
    {
        double? sum = 0;
        foreach (var memory in Cost.Macros)
            sum += Milliwatts(memory, activity);
        return sum;
    }

    private double? Milliwatts(MacroMemory memory, Activity activity)
    {
        var accesses = MacroAccesses.Of(Core, memory.Role, activity);
        return memory.Copies
            * ((accesses.Reads * memory.ReadPicojoules + accesses.Writes * memory.WritePicojoules) / ClockNanoseconds
                + (memory.LeakageNanowatts ?? 0) / NanowattsOfMilliwatt);
    }
}
