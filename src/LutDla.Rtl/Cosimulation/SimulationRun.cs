namespace LutDla.Rtl.Cosimulation;

/// <summary>What happened on every stream of a run.</summary>
/// <param name="Cycles">Cycles from the end of the reset to the end of the run, draining included.</param>
/// <param name="Streams">By the name of the stream.</param>
/// <param name="RunTime">Of the simulator process, without building it.</param>
public sealed record SimulationRun(long Cycles, IReadOnlyDictionary<string, TransferLog> Streams, TimeSpan RunTime)
{
    public TransferLog this[string stream] => Streams[stream];
}
