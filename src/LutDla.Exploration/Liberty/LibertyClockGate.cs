namespace LutDla.Exploration.Liberty;

/// <summary>Pins of an integrated clock-gating cell: a latch that is open while the clock is low, and an AND.</summary>
/// <param name="Test">Pins that open the gate in a scan test; tied low.</param>
public sealed record LibertyClockGate(string Clock, string Enable, string Output, IReadOnlyList<string> Test);
