using System.Text.Json;

namespace LutDla.Exploration.Memories;

/// <summary>What is known of a memory macro.</summary>
public enum SramQuantity
{
    /// <summary>In square micrometres.</summary>
    Area,

    /// <summary>Of one read of a word, in picojoules.</summary>
    ReadEnergy,

    /// <summary>Of one write of a word, in picojoules.</summary>
    WriteEnergy,

    /// <summary>Power while nothing is read or written, in nanowatts.</summary>
    Leakage,

    /// <summary>From the clock edge to the word, in nanoseconds.</summary>
    AccessTime,
}

/// <summary>How quantities are spelled.</summary>
public static class SramQuantityRules
{
    public static IReadOnlyList<SramQuantity> All { get; } = Enum.GetValues<SramQuantity>();

    /// <summary>In files.</summary>
    public static string Word(this SramQuantity quantity) => JsonNamingPolicy.SnakeCaseLower.ConvertName(quantity.ToString());
}
