using System.Text.Json;

namespace LutDla.Exploration.Spaces;

/// <summary>What a point of a space is judged by.</summary>
public enum Quantity
{
    /// <summary>Cells and macros.</summary>
    AreaMm2,

    /// <summary>On the chip, the mean over the layers.</summary>
    PowerMw,

    /// <summary>Of an example, on the chip.</summary>
    EnergyUj,

    /// <summary>Of all examples that go through together.</summary>
    LatencyMs,

    Gops,

    GopsPerMm2,

    GopsPerW,

    /// <summary>Of the classes told right, in percent: float network less converted.</summary>
    AccuracyDrop,

    /// <summary>In memory macros.</summary>
    RamKib,

    /// <summary>Across the ports of the core, the mean over the layers.</summary>
    BytesPerCycle,
}

/// <summary>Facts about quantities.</summary>
public static class Quantities
{
    public static IReadOnlyList<Quantity> All { get; } = Enum.GetValues<Quantity>();

    /// <summary>As files spell it.</summary>
    public static string Word(this Quantity quantity) => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{quantity}");

    /// <summary>Whether more of it is better.</summary>
    public static bool IsBetterLarge(this Quantity quantity) => quantity is Quantity.Gops or Quantity.GopsPerMm2 or Quantity.GopsPerW;
}

/// <summary>What a point must keep: at most the bound, or at least where more is better.</summary>
public sealed record Limit(Quantity Quantity, double Bound)
{
    public bool IsKept(double value) => Quantity.IsBetterLarge() ? value >= Bound : value <= Bound;
}
