using System.Buffers.Binary;

namespace LutDla.Networks.Onnx.Format;

/// <summary>Raw data of tensors, little-endian, as numbers.</summary>
internal static class RawValues
{
    /// <summary>Values of a floating-point type; double precision is rounded.</summary>
    public static float[] Singles(OnnxElementType type, ReadOnlySpan<byte> bytes)
    {
        var values = new float[bytes.Length / type.Bytes()];
        for (var i = 0; i < values.Length; i++)
        {
            var element = bytes.Slice(i * type.Bytes(), type.Bytes());
            values[i] = type switch
            {
                OnnxElementType.Single => BinaryPrimitives.ReadSingleLittleEndian(element),
                OnnxElementType.Double => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                _ => FromHalfBits(type, BinaryPrimitives.ReadInt16LittleEndian(element)),
            };
        }

        return values;
    }

    /// <summary>
    /// Values of an integer type. Unsigned 64-bit values above the signed range wrap: nothing that is imported has such sizes.
    /// </summary>
    public static long[] Integers(OnnxElementType type, ReadOnlySpan<byte> bytes)
    {
        var values = new long[bytes.Length / type.Bytes()];
        for (var i = 0; i < values.Length; i++)
        {
            var element = bytes.Slice(i * type.Bytes(), type.Bytes());
            values[i] = type switch
            {
                OnnxElementType.UInt8 or OnnxElementType.Bool => element[0],
                OnnxElementType.Int8 => unchecked((sbyte)element[0]),
                OnnxElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
                OnnxElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
                OnnxElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
                OnnxElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
                _ => BinaryPrimitives.ReadInt64LittleEndian(element),
            };
        }

        return values;
    }

    /// <summary>A 16-bit floating-point number from its bits.</summary>
    public static float FromHalfBits(OnnxElementType type, short bits) => type == OnnxElementType.Half
        ? (float)BitConverter.Int16BitsToHalf(bits)
        : BitConverter.Int32BitsToSingle(bits << 16);
}
