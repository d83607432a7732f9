using LutDla.Hardware;

namespace LutDla.Rtl.Cosimulation;

/// <summary>
/// A memory behind one port. Beats cross it one after the other, the streams in turn; inputs are asked for ahead, two beats of each stream
/// and as many as are under way; two beats of an output may wait.
/// </summary>
/// <param name="BytesPerCycle">At least 1, of all streams together.</param>
/// <param name="Latency">Cycles from a request's crossing until its beat can be taken.</param>
/// <param name="BeatBits">What a beat of each stream takes; streams that are left out do not cross the port.</param>
public sealed record SharedPort(int BytesPerCycle, int Latency, IReadOnlyDictionary<string, int> BeatBits)
{
    /// <summary>The port of a core for everything but commands; the bit that marks a last beat is no data.</summary>
    public static SharedPort Of(Core core, int bytesPerCycle, int latency) => new(bytesPerCycle, latency, new Dictionary<string, int>
    {
        [core.Streams.Codebook.Name] = core.Search.CodebookBeatBits,
        [core.Streams.Activation.Name] = core.Search.ActivationBeatBits,
        [core.Streams.Table.Name] = core.Matching.TableBeatBits,
        [core.Streams.Parameter.Name] = core.RescaleUnits * core.ParameterBits,
        [core.Streams.Result.Name] = core.RescaleUnits * core.OutputBits,
    });
}
