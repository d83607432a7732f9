using System.Buffers.Binary;

namespace LutDla.Networks.PyTorch;

/// <summary>Element types of storages.</summary>
internal enum TorchElementType
{
    Single,
    Double,
    Half,
    BFloat16,
    Int64,
    Int32,
    Int16,
    Int8,
    UInt8,
    Bool,
}

internal static class TorchElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Bytes(this TorchElementType type) => type switch
    {
        TorchElementType.Int8 or TorchElementType.UInt8 or TorchElementType.Bool => 1,
        TorchElementType.Half or TorchElementType.BFloat16 or TorchElementType.Int16 => 2,
        TorchElementType.Single or TorchElementType.Int32 => 4,
        TorchElementType.Double or TorchElementType.Int64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The size of this type is not known."),
    };

    /// <summary>Element <paramref name="index"/> of little-endian elements; what single precision cannot hold is rounded.</summary>
    public static float Decode(this TorchElementType type, ReadOnlySpan<byte> elements, int index)
    {
        var bytes = elements.Slice(checked(index * type.Bytes()), type.Bytes());
        return type switch
        {
            TorchElementType.Single => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            TorchElementType.Double => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            TorchElementType.Half => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
            TorchElementType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(bytes) << 16),
            TorchElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            TorchElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            TorchElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            TorchElementType.Int8 => unchecked((sbyte)bytes[0]),
            TorchElementType.UInt8 => bytes[0],
            TorchElementType.Bool => bytes[0] == 0 ? 0 : 1,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This type is not known."),
        };
    }
}
