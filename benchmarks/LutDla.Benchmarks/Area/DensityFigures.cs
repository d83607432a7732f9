using LutDla.Baseline.Memories;
using LutDla.Exploration.Synthesis;

namespace LutDla.Benchmarks.Area;

/// <summary>A core and an array of multipliers that does as much in a cycle, as <c>build/bench/area.json</c> has them.</summary>
/// <param name="PerMultiplication">Square micrometres of a multiplication, operands stored.</param>
/// <param name="PerBareMultiplication">The same without the storage of operands.</param>
/// <param name="Systems">With memories; nothing without the table of macros.</param>
internal sealed record DensityFigures(
    string Design,
    string Library,
    int LookupsPerCycle,
    int VectorLength,
    MappedVariant Core,
    double PerMultiplication,
    double PerBareMultiplication,
    IReadOnlyList<SystemFigures>? Systems)
{
    public double PerLookup => Core.Area / LookupsPerCycle;

    /// <summary>Multiplications that a lookup stands for, over the lookup.</summary>
    public double Ratio => VectorLength * PerMultiplication / PerLookup;

    public double BareRatio => VectorLength * PerBareMultiplication / PerLookup;

    public IReadOnlyList<ModuleRow> Modules => Core.Report.Modules;
}

/// <summary>Cells and memories of one side.</summary>
/// <param name="Memories">Of each shape the cheapest means.</param>
internal sealed record SystemFigures(string Name, double Cells, IReadOnlyList<MemoryPrice> Memories)
{
    public double Area => Cells + Memories.Sum(m => m.Area);
}
