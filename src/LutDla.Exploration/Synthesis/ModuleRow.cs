namespace LutDla.Exploration.Synthesis;

/// <summary>One parameterisation of a module in a mapped design, without the modules inside of it, which have their own rows.</summary>
/// <param name="Module">Name with parameters.</param>
/// <param name="Instances">In the whole design.</param>
/// <param name="Cells">In one instance, by kind.</param>
/// <param name="CellTypes">In one instance, by name of the cell.</param>
/// <param name="AreaPerInstance">In the unit of the library; nothing where cells have no area.</param>
public sealed record ModuleRow(
    string Module, long Instances, IReadOnlyDictionary<CellKind, int> Cells, IReadOnlyDictionary<string, int> CellTypes,
    double? AreaPerInstance)
{
    public double? TotalArea => Instances * AreaPerInstance;
}
