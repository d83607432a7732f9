namespace LutDla.Rtl.Cosimulation;

/// <summary>The part of a run that a reset cut short.</summary>
/// <param name="Cycles">Cycles until the reset.</param>
/// <param name="Streams">By the name of the stream.</param>
public sealed record CutRun(long Cycles, IReadOnlyDictionary<string, TransferLog> Streams)
{
    public TransferLog this[string stream] => Streams[stream];
}
