using System.Text.Json;

namespace LutDla.Exploration.Calibration;

/// <summary>What a technology file knows of modules. Each quantity has models of its own, by kind of module.</summary>
public enum CostQuantity
{
    /// <summary>Of the cells, in the unit of the library.</summary>
    Area,

    /// <summary>Of the cells, in nanowatts: the mean over their states.</summary>
    Leakage,

    /// <summary>Of a cycle, in picojoules, without leakage.</summary>
    Energy,

    /// <summary>The slowest path that ends in a register of the module, in nanoseconds.</summary>
    Delay,
}

/// <summary>Facts about quantities.</summary>
public static class CostQuantities
{
    public static IReadOnlyList<CostQuantity> All { get; } = Enum.GetValues<CostQuantity>();

    /// <summary>As files spell it.</summary>
    public static string Word(this CostQuantity quantity) => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{quantity}");
}
