namespace LutDla.Exploration.Timing;

/// <summary>Static timing of a mapped design.</summary>
/// <param name="Paths">Of each module that paths end in the slowest; the slowest module first.</param>
/// <param name="Notes">What a reader must know to use the numbers.</param>
public sealed record TimingReport(double ClockNanoseconds, IReadOnlyList<TimingPath> Paths, IReadOnlyList<string> Notes)
{
    /// <summary>The slowest path of all; nothing if no path ends in a register or an output.</summary>
    public TimingPath? Slowest => Paths.Count > 0 ? Paths[0] : null;
}
