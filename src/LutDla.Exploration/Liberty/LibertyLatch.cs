namespace LutDla.Exploration.Liberty;

/// <summary>Pins of a latch.</summary>
/// <param name="OpenWhenHigh">Transparent while the enable pin is high.</param>
/// <param name="Output">The pin that follows the data without inversion.</param>
public sealed record LibertyLatch(string Data, string Enable, bool OpenWhenHigh, string Output);
