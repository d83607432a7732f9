using System.Buffers.Binary;
using System.Collections.Immutable;
using LutDla.Hardware;

namespace LutDla.Golden.Safetensors;

/// <summary>A tensor to be written: little-endian, row-major.</summary>
public sealed record TensorData(string Name, SafetensorsType Type, ImmutableArray<long> Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A float tensor, F32.</summary>
    public static TensorData FromSingles(string name, ImmutableArray<long> shape, ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return new TensorData(name, SafetensorsType.F32, shape, bytes);
    }

    /// <summary>An integer tensor in the smallest of I8, I16 and I32 that holds every value; I8 if there is none.</summary>
    public static TensorData FromIntegers(string name, ImmutableArray<long> shape, ReadOnlySpan<int> values)
    {
        var (minimum, maximum) = (0, 0);
        foreach (var value in values)
            (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));
        var type = BitWidth.ForSigned(minimum, maximum) switch
        {
            <= 8 => SafetensorsType.I8,
            <= 16 => SafetensorsType.I16,
            _ => SafetensorsType.I32,
        };
        return new TensorData(name, type, shape, Encode(type, values));
    }

    private static byte[] Encode(SafetensorsType type, ReadOnlySpan<int> values)
    {
        var bytes = new byte[values.Length * type.Bytes()];
        for (var i = 0; i < values.Length; i++)
        {
            if (type == SafetensorsType.I8)
                bytes[i] = unchecked((byte)values[i]);
            else if (type == SafetensorsType.I16)
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * 2), (short)values[i]);
            else
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * 4), values[i]);
        }

        return bytes;
    }
}
