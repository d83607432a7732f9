using System.Buffers.Binary;
using LutDla.Hardware;
using LutDla.Mapping.Streams;

namespace LutDla.Rtl.Cosimulation;

/// <summary>Reads what the harness wrote about one stream.</summary>
internal static class ResultFile
{
    private const int CycleBytes = sizeof(ulong);
    private const int BufferBytes = 1 << 20;

    /// <summary>Records of a uint64 cycle.</summary>
    public static long[] ReadCycles(string path)
    {
        using var file = Open(path);
        var cycles = new long[file.Length / CycleBytes];
        Span<byte> record = stackalloc byte[CycleBytes];
        for (var k = 0; k < cycles.Length; k++)
        {
            file.ReadExactly(record);
            cycles[k] = BinaryPrimitives.ReadInt64LittleEndian(record);
        }

        return cycles;
    }

    /// <summary>Records of a uint64 cycle and a payload.</summary>
    public static TransferLog ReadTransfers(string path, StreamPort stream)
    {
        using var file = Open(path);
        var count = (int)(file.Length / (CycleBytes + BeatList.BytesPerBeat(stream.PayloadBits)));
        var (cycles, beats) = (new long[count], new BeatList(stream.PayloadBits, count));
        Span<byte> record = stackalloc byte[CycleBytes];
        for (var k = 0; k < count; k++)
        {
            file.ReadExactly(record);
            cycles[k] = BinaryPrimitives.ReadInt64LittleEndian(record);
            file.ReadExactly(beats.Add());
        }

        return new TransferLog(stream.Name, cycles, beats);
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
}
