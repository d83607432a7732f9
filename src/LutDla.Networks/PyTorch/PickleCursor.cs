using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace LutDla.Networks.PyTorch;

/// <summary>The bytes of one pickle, in order. Lengths are checked against the bytes that are there before memory is taken.</summary>
/// <param name="stream">Stands at the pickle's first byte; ends after its last one.</param>
/// <param name="part">What the pickle is, for messages.</param>
internal sealed class PickleCursor(Stream stream, string part)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly long _end = Math.Min(stream.Length, stream.Position + PyTorchLimits.PickleBytes);
    private readonly byte[] _few = new byte[sizeof(ulong)];
    private long _opcodeAt = stream.Position;

    /// <summary>Bytes that may still follow.</summary>
    public long Left => _end - stream.Position;

    /// <summary>A fault of the current opcode.</summary>
    public PyTorchFormatException Fault(string value, string rule) => new($"{part}, byte {_opcodeAt}", value, rule);

    public PickleOpcode Opcode()
    {
        _opcodeAt = stream.Position;
        return (PickleOpcode)Byte();
    }

    public byte Byte() => Few(1)[0];

    public long UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Few(sizeof(ushort)));

    public long Int32() => BinaryPrimitives.ReadInt32LittleEndian(Few(sizeof(int)));

    public long UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Few(sizeof(uint)));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Few(sizeof(ulong)));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Few(sizeof(double)));

    /// <summary>A signed integer, little-endian: a <see cref="long"/> where it fits, else a <see cref="BigInteger"/>.</summary>
    public object Integer(int bytes)
    {
        var value = new BigInteger(Bytes(bytes));
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    /// <summary>UTF-8 of <paramref name="bytes"/> bytes.</summary>
    public string Text(long bytes)
    {
        try
        {
            return StrictUtf8.GetString(Bytes(bytes));
        }
        catch (DecoderFallbackException)
        {
            throw Fault("a text", "Texts must be UTF-8.");
        }
    }

    /// <summary>ASCII up to a line feed, which is read and left out.</summary>
    public string Line()
    {
        var line = new StringBuilder();
        for (var next = Byte(); next != '\n'; next = Byte())
        {
            if (line.Length == PyTorchLimits.GlobalNameBytes || !char.IsAscii((char)next))
                throw Fault("a name", $"Names must be ASCII and have at most {PyTorchLimits.GlobalNameBytes} characters.");
            line.Append((char)next);
        }

        return line.ToString();
    }

    private byte[] Bytes(long count)
    {
        Require(count);
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Valid until the next call.
    private ReadOnlySpan<byte> Few(int count)
    {
        Require(count);
        var bytes = _few.AsSpan(0, count);
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void Require(long count)
    {
        if (count < 0 || count > Left)
        {
            throw Fault($"{count} bytes wanted, {Left} left",
                $"The pickle must end in its file, and within {PyTorchLimits.PickleBytes} bytes.");
        }
    }
}
