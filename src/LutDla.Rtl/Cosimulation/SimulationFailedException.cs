namespace LutDla.Rtl.Cosimulation;

/// <summary>The design broke a handshake rule, offered too much, or did not end within its budget of cycles.</summary>
/// <param name="reason">Names the cycle and the stream.</param>
/// <param name="partial">What had passed until then.</param>
public sealed class SimulationFailedException(string reason, SimulationRun partial) : Exception(reason)
{
    public SimulationRun Partial { get; } = partial;
}
