namespace LutDla.Rtl.Cosimulation;

/// <summary>When the world around a module makes it wait. Every stream draws from its own generator, seeded from <see cref="Seed"/>.</summary>
public sealed record StallPattern
{
    /// <summary>Never stalls: inputs offer and outputs take whenever they can, so cycle numbers are those of the schedule.</summary>
    public static StallPattern None { get; } = new() { Seed = 0 };

    /// <summary>0 never stalls.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Chance of a stalled cycle, in thousandths.</summary>
    public int StallPermille { get; init; } = 500;

    /// <summary>Chance that a long stall begins, in thousandths of the cycles outside of one.</summary>
    public int BurstPermille { get; init; } = 10;

    /// <summary>The longest long stall.</summary>
    public int BurstCycles { get; init; } = 64;

    public static StallPattern FromSeed(ulong seed) => new() { Seed = seed };
}
