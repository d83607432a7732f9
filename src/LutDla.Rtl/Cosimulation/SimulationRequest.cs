using LutDla.Mapping.Streams;

namespace LutDla.Rtl.Cosimulation;

/// <summary>What goes into a module, how much is to come out, and under which conditions.</summary>
public sealed record SimulationRequest
{
    /// <summary>Beats of each input stream by its name; a stream that is left out offers nothing.</summary>
    public required IReadOnlyDictionary<string, BeatList> Stimuli { get; init; }

    /// <summary>
    /// Transfers of every output stream by its name. The run ends when all have come, or when all inputs are taken if none is to come.
    /// </summary>
    public required IReadOnlyDictionary<string, long> Expected { get; init; }

    /// <summary>The run fails when it takes more cycles.</summary>
    public required long CycleBudget { get; init; }

    public StallPattern Stalls { get; init; } = StallPattern.None;

    /// <summary>What some of the streams share; null: each is as fast as the stalls let it be.</summary>
    public SharedPort? Port { get; init; }

    /// <summary>
    /// Looks in every cycle whether a ready follows a valid or the other way round; up to four more evaluations a cycle. Held
    /// offers and silence in reset are always checked.
    /// </summary>
    public bool ProbeHandshake { get; init; }

    /// <summary>Cycles to go on after the last expected transfer: nothing more may come out and all inputs must have been taken.</summary>
    public int DrainCycles { get; init; }

    /// <summary>
    /// The design is reset in this cycle, or when it is done before it, and everything begins again, beats and cycles; nothing: it is
    /// reset at the start only.
    /// </summary>
    public long? ResetAt { get; init; }

    /// <summary>For a design that looks at them with <c>$value$plusargs</c>: <c>+NAME=VALUE</c>.</summary>
    public IReadOnlyList<string> PlusArguments { get; init; } = [];

    /// <summary>Where counts of executed lines and toggled bits go; the simulator must have been built for them.</summary>
    public string? CoverageFile { get; init; }

    /// <summary>Seed of the values of registers and memories before anything is written to them, 1 to 2^31 - 1.</summary>
    public int PowerUpSeed { get; init; } = 1;

    /// <summary>The power-up seed that belongs to a seed from 0 to 2^31 - 1; the simulator takes 0 for "draw one".</summary>
    public static int PowerUpSeedOf(int seed) => seed == 0 ? int.MaxValue : seed;
}
