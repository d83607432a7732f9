namespace LutDla.Exploration.Synthesis;

/// <summary>The slowest path of a mapped design. Cell delays only, from the library's corner: no wires.</summary>
/// <param name="From">Register or port that it starts at.</param>
/// <param name="To">Register or port that it ends at.</param>
/// <param name="ArrivalNanoseconds">From the clock edge to the end of the path.</param>
/// <param name="SlackNanoseconds">Left of the clock period; negative if the path is too slow.</param>
public sealed record TimingPath(string From, string To, double ArrivalNanoseconds, double SlackNanoseconds);
