namespace LutDla.Rtl.Cosimulation;

/// <summary>The first transfer of a stream that is not as expected.</summary>
/// <param name="Transfer">Its number on the stream, from 0.</param>
/// <param name="Cycle">When it passed; nothing if it never came.</param>
/// <param name="Expected">Payload in hexadecimal digits, or <c>nothing</c>.</param>
/// <param name="Actual">Payload in hexadecimal digits, or <c>nothing</c>.</param>
public sealed record TransferDifference(string Stream, int Transfer, long? Cycle, string Expected, string Actual)
{
    public override string ToString() =>
        $"{Stream}: transfer {Transfer}{(Cycle is { } cycle ? $" in cycle {cycle}" : "")} is {Actual}, expected {Expected}";
}
