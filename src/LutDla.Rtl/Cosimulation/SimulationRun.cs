namespace LutDla.Rtl.Cosimulation;

/// <summary>What happened on every stream of a run.</summary>
/// <param name="Cycles">Cycles from the end of the reset to the end of the run, draining included.</param>
/// <param name="Streams">By the name of the stream.</param>
/// <param name="RunTime">Of the simulator process, without building it.</param>
public sealed record SimulationRun(long Cycles, IReadOnlyDictionary<string, TransferLog> Streams, TimeSpan RunTime)
{
    /// <summary>What happened before a reset in mid-run; nothing if there was none. The streams above are those after it.</summary>
    public CutRun? BeforeReset { get; init; }

    public TransferLog this[string stream] => Streams[stream];
}
