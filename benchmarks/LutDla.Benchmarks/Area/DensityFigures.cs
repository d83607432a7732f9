using LutDla.Baseline.Arrays;
using LutDla.Baseline.Memories;
using LutDla.Exploration.Synthesis;

namespace LutDla.Benchmarks.Area;

/// <summary>A core and arrays of multipliers that do as much in a cycle, as <c>build/bench/area.json</c> has them.</summary>
/// <param name="Units">Dot units by form of products.</param>
internal sealed record DensityFigures(
    string Library, int LookupsPerCycle, int VectorLength, IReadOnlyList<DotUnitFigures> Units, SystemFigures Core,
    IReadOnlyList<SystemFigures> Arrays);

/// <summary>Cells and memories of one side.</summary>
/// <param name="Format">Widths of the factors of an array; empty for a core.</param>
/// <param name="ActivationBits">Of the stream, a cycle.</param>
/// <param name="WeightBits">Of weights or tables, a cycle.</param>
/// <param name="Memories">Of each shape the cheapest means; nothing without the table of macros.</param>
/// <param name="Multiplications">That the side does or stands for, a cycle.</param>
internal sealed record SystemFigures(
    string Name, string Format, Dataflow? Dataflow, int ActivationBits, int WeightBits, MappedVariant Cells, int Multiplications,
    IReadOnlyList<MemoryPrice>? Memories)
{
    public double CellsPerMultiplication => Cells.Area / Multiplications;

    public double? MemoryArea => Memories?.Sum(m => m.Area);

    public double? Area => Cells.Area + MemoryArea;

    public IReadOnlyList<ModuleRow> Modules => Cells.Report.Modules;
}
