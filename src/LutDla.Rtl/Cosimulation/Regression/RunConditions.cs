using LutDla.Mapping.Regression;

namespace LutDla.Rtl.Cosimulation.Regression;

/// <summary>What happens around a core in one run of a regression.</summary>
/// <param name="ResetAt">See <see cref="SimulationRequest.ResetAt"/>.</param>
public sealed record RunConditions(StallPattern Stalls, long? ResetAt, bool ProbeHandshake, int PowerUpSeed)
{
    private const int Purpose = 3;

    // Later than any run.
    private const long WhenDone = long.MaxValue;

    /// <summary>The conditions of a seed: the same for the same seed and schedule.</summary>
    /// <param name="scheduledCycles">Of the run without stalls.</param>
    public static RunConditions Of(int seed, long scheduledCycles)
    {
        var random = new Random(DerivedSeed.Of(seed, Purpose));
        var stalls = new StallPattern
        {
            Seed = (ulong)seed + 1, SpreadCycles = random.Next(3) == 0 ? 0 : scheduledCycles + 1,
            StallPermille = 100 * random.Next(1, 9), BurstCycles = 1 << random.Next(1, 9),
        };
        var resetAt = random.Next(6) == 0 ? WhenDone : random.NextInt64(scheduledCycles + 1);
        return new RunConditions(
            random.Next(3) == 0 ? stalls with { StallPermille = 0, BurstPermille = 0, SpreadCycles = 0 } : stalls,
            random.Next(3) == 0 ? resetAt : null, ProbeHandshake: random.Next(4) == 0, SimulationRequest.PowerUpSeedOf(seed));
    }

    public override string ToString()
    {
        var stalls = Stalls.NeverStalls
            ? "no stalls"
            : $"stalls in {Stalls.StallPermille} of 1,000 cycles{(Stalls.SpreadCycles > 0 ? ", uneven" : "")}";
        var reset = ResetAt switch
        {
            null => "",
            WhenDone => ", reset when done",
            { } cycle => $", reset in cycle {cycle}",
        };
        return $"{stalls}{reset}{(ProbeHandshake ? ", handshakes probed" : "")}";
    }
}
