namespace LutDla.Exploration.Power;

/// <summary>A cell as a simulation of gates and an estimate of power see it.</summary>
/// <remarks>
/// A truth table is a word: bit k is its value in state k, and bit i of k is the value of pin i. Pins are numbered from the inputs on,
/// outputs after them.
/// </remarks>
internal sealed record CellModel
{
    public required string Name { get; init; }

    public required IReadOnlyList<InputModel> Inputs { get; init; }

    public required IReadOnlyList<OutputModel> Outputs { get; init; }

    /// <summary>Set for what remembers a bit.</summary>
    public CellStorage? Storage { get; init; }

    /// <summary>Set for a clock gate.</summary>
    public CellGate? Gate { get; init; }

    /// <summary>Watts, by the state of all pins; a single one where the library does not tell states apart.</summary>
    public required IReadOnlyList<double> Leakage { get; init; }

    public int PinCount => Inputs.Count + Outputs.Count;
}

/// <param name="Capacitance">Mean of a rise and a fall, in the unit of the library.</param>
/// <param name="Energies">Of the input alone: spent whatever the output does.</param>
internal sealed record InputModel(string Name, double Capacitance, IReadOnlyList<EnergyArc> Energies);

/// <param name="Table">
/// By the inputs; where the cell stores a bit, that bit and its complement are two more inputs behind them.
/// </param>
/// <param name="Energies">Of a change of the output, without what charges its load.</param>
/// <param name="Times">From the inputs.</param>
internal sealed record OutputModel(string Name, ulong Table, IReadOnlyList<EnergyArc> Energies, IReadOnlyList<TimeArc> Times);

/// <summary>A flip-flop, which takes the next value where its clock becomes 1, or a latch, which follows it while the clock is 1.</summary>
/// <param name="Clock">Table by the inputs.</param>
/// <param name="Next">Table by the inputs.</param>
/// <param name="Clear">Table by the inputs: makes it 0 at once; it wins over <paramref name="Preset"/>.</param>
/// <param name="Preset">Table by the inputs: makes it 1 at once.</param>
internal sealed record CellStorage(bool IsLatch, ulong Clock, ulong Next, ulong Clear, ulong Preset);

/// <summary>Lets the high phase of the clock through where the enable was high before it.</summary>
/// <param name="Clock">Number of the input.</param>
/// <param name="Enable">Number of the input.</param>
internal sealed record CellGate(int Clock, int Enable);

/// <summary>Energy of a change of a pin.</summary>
/// <param name="Related">Number of the input that caused the change; -1 for any.</param>
/// <param name="When">Table by all pins: the states in which it counts; nothing: in all.</param>
internal sealed record EnergyArc(int Related, ulong? When, LibertyTable? Rise, LibertyTable? Fall);

/// <summary>Delay to an output and its transition time.</summary>
/// <param name="Related">Number of the input that it comes from.</param>
internal sealed record TimeArc(
    int Related, LibertyTable? DelayOfRise, LibertyTable? DelayOfFall, LibertyTable? RiseTime, LibertyTable? FallTime);
