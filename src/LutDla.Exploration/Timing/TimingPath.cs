namespace LutDla.Exploration.Timing;

/// <summary>The slowest path into the registers of a module. Cell delays only, from the library's corner: no wires.</summary>
/// <param name="Module">Where it ends, with parameters; outputs of the design belong to its top.</param>
/// <param name="From">Register or port that it starts at.</param>
/// <param name="To">Register or port that it ends at.</param>
/// <param name="ArrivalNanoseconds">From the clock edge to the end of the path.</param>
/// <param name="SlackNanoseconds">Left of the clock period; negative if the path is too slow.</param>
/// <param name="Slowest">The longest of its stages; nothing for a path without cells.</param>
public sealed record TimingPath(
    string Module, string From, string To, double ArrivalNanoseconds, double SlackNanoseconds, TimingStage? Slowest);
