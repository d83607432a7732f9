namespace LutDla.Exploration.Liberty;

/// <summary>What synthesis needs to know about a cell.</summary>
/// <param name="Area">In the unit of the library, for most square micrometres.</param>
/// <param name="IsFlipFlop">Has an <c>ff</c> group.</param>
/// <param name="Latch">Set for a plain latch: one that can be mapped to, without set and clear.</param>
/// <param name="IsLatch">Has a <c>latch</c> group and is no clock gate.</param>
/// <param name="ClockGate">Set for a clock gate that opens the high phase of the clock.</param>
/// <param name="Outputs">Function of each output pin; empty for one that the library does not describe.</param>
/// <param name="Inputs">Names of the input pins.</param>
public sealed record LibertyCell(
    string Name,
    double Area,
    bool IsFlipFlop,
    bool IsLatch,
    LibertyLatch? Latch,
    LibertyClockGate? ClockGate,
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyList<string> Inputs)
{
    private const ulong Identity = 0b10;

    /// <summary>Why synthesis must not choose the cell by itself; empty for an ordinary one.</summary>
    public string Special { get; init; } = "";

    /// <summary>Set for a full adder.</summary>
    public LibertyFullAdder? FullAdder { get; init; }

    /// <summary>Pins that a clock or an enable of a latch comes in at.</summary>
    public IReadOnlyList<string> Clocks { get; init; } = [];

    /// <summary>Drives its only output with its only input.</summary>
    public bool IsBuffer => Inputs.Count == 1 && Outputs.Count == 1 && LibertyFunction.Table(Outputs.Values.First(), Inputs) == Identity;
}
