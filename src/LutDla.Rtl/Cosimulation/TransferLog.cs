using LutDla.Mapping.Streams;

namespace LutDla.Rtl.Cosimulation;

/// <summary>What passed on one stream in a run, in order.</summary>
/// <param name="Stream">Name of the stream.</param>
/// <param name="Cycles">Cycle of each transfer; cycle 0 is the first after the reset.</param>
/// <param name="Beats">Payload of each transfer; for an input these are the beats offered, of which the first ones were taken.</param>
public sealed record TransferLog(string Stream, long[] Cycles, BeatList Beats)
{
    public int Count => Cycles.Length;

    /// <summary>The payload of a transfer.</summary>
    public ReadOnlySpan<byte> this[int transfer] => Beats[transfer];

    /// <summary>Some of the transfers as a log of their own; at most as many as there are.</summary>
    public TransferLog Slice(int start, int count)
    {
        var end = Math.Min(Count, start + count);
        var beats = new BeatList(Beats.PayloadBits, Math.Max(0, end - start));
        for (var k = start; k < end; k++)
            this[k].CopyTo(beats.Add());
        return new TransferLog(Stream, start < end ? Cycles[start..end] : [], beats);
    }

    /// <returns>The first transfer that is not as expected, is missing, or is too many; nothing if there is none.</returns>
    public TransferDifference? FirstDifference(BeatList expected)
    {
        var both = Math.Min(Count, expected.Count);
        for (var k = 0; k < both; k++)
        {
            if (!this[k].SequenceEqual(expected[k]))
                return new TransferDifference(Stream, k, Cycles[k], Hexadecimal(expected[k]), Hexadecimal(this[k]));
        }

        if (Count == expected.Count)
            return null;
        return both < Count
            ? new TransferDifference(Stream, both, Cycles[both], "nothing", Hexadecimal(this[both]))
            : new TransferDifference(Stream, both, null, Hexadecimal(expected[both]), "nothing");
    }

    // Most significant digit first, as a waveform viewer shows it.
    private static string Hexadecimal(ReadOnlySpan<byte> payload)
    {
        byte[] bytes = [.. payload];
        Array.Reverse(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
