using System.Text.Json.Serialization;

namespace LutDla.Exploration.Synthesis;

/// <summary>What a cell of a mapped design is for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CellKind>))]
public enum CellKind
{
    Logic,
    FlipFlop,
    Latch,
    ClockGate,
    Ram,
    Carry,
    Multiplier,
    BlackBox,
}
