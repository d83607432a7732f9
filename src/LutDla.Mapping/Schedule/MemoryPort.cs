using LutDla.Hardware;

namespace LutDla.Mapping.Schedule;

/// <summary>The memory that feeds a core and takes its results: one port for all streams.</summary>
/// <param name="BytesPerCycle">At least 1.</param>
/// <param name="Latency">Cycles from the first request to its bytes; later requests are made ahead.</param>
public sealed record MemoryPort(int BytesPerCycle, int Latency)
{
    /// <summary>Cycles in which so many bits cross the port.</summary>
    public long Cycles(long bits) => Division.RoundedUp(bits, 8L * BytesPerCycle);
}
