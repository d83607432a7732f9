namespace LutDla.Networks.Onnx.Format;

/// <summary>The numbers of element types in ONNX (TensorProto.DataType).</summary>
internal enum OnnxElementType
{
    Single = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
    Half = 10,
    Double = 11,
    UInt32 = 12,
    UInt64 = 13,
    BFloat16 = 16,
}

internal static class OnnxElementTypes
{
    /// <summary>Whether values become 64-bit integers; the others become single precision.</summary>
    public static bool IsInteger(this OnnxElementType type) => type is not (
        OnnxElementType.Single or OnnxElementType.Half or OnnxElementType.Double or OnnxElementType.BFloat16);

    /// <summary>Bytes of one element in raw data.</summary>
    public static int Bytes(this OnnxElementType type) => type switch
    {
        OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Bool => 1,
        OnnxElementType.UInt16 or OnnxElementType.Int16 or OnnxElementType.Half or OnnxElementType.BFloat16 => 2,
        OnnxElementType.Single or OnnxElementType.Int32 or OnnxElementType.UInt32 => 4,
        OnnxElementType.Double or OnnxElementType.Int64 or OnnxElementType.UInt64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The size of this type is not known."),
    };

    /// <summary>The type, or null if an import cannot hold it: strings, complex numbers, types of less than a byte.</summary>
    public static OnnxElementType? Find(long number) =>
        number is >= 0 and <= int.MaxValue && Enum.IsDefined((OnnxElementType)number) ? (OnnxElementType)number : null;
}
