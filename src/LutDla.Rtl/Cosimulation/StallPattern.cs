namespace LutDla.Rtl.Cosimulation;

/// <summary>
/// When the world around a module makes it wait. Every stream draws from its own generator, seeded from <see cref="Seed"/>.
/// </summary>
public sealed record StallPattern
{
    /// <summary>Never stalls: inputs offer and outputs take whenever they can, so cycle numbers are those of the schedule.</summary>
    public static StallPattern None { get; } = new() { Seed = 0 };

    /// <summary>0 never stalls.</summary>
    public required ulong Seed { get; init; }

    /// <summary>
    /// 0: all streams stall alike. Otherwise each draws how often it stalls: not at all, a quarter as often, as often, or so often that
    /// its transfers take about so many cycles.
    /// </summary>
    public long SpreadCycles { get; init; }

    /// <summary>Whether nothing ever waits, so that cycle numbers are those of the schedule.</summary>
    public bool NeverStalls => Seed == 0 || (StallPermille == 0 && BurstPermille == 0 && SpreadCycles == 0);

    /// <summary>Chance of a stalled cycle, in thousandths.</summary>
    public int StallPermille { get; init; } = 500;

    /// <summary>Chance that a long stall begins, in thousandths of the cycles outside of one.</summary>
    public int BurstPermille { get; init; } = 10;

    /// <summary>The longest long stall.</summary>
    public int BurstCycles { get; init; } = 64;

    public static StallPattern FromSeed(ulong seed) => new() { Seed = seed };
}
