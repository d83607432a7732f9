using System.Buffers.Binary;
using LutDla.Boundary;

namespace LutDla.Golden.Safetensors;

/// <summary>Tensors as numbers, whatever type they were stored in.</summary>
public static class TensorValues
{
    /// <summary>The tensor <paramref name="name"/>, F16, BF16, F32 or F64, as single precision (F64 is rounded).</summary>
    /// <exception cref="InvalidInputException">It is missing or of another type.</exception>
    public static float[] ReadSingles(this SafetensorsReader file, string name)
    {
        var tensor = file.Require(name);
        Func<ReadOnlySpan<byte>, float> decode = tensor.Type switch
        {
            SafetensorsType.F16 => b => (float)BinaryPrimitives.ReadHalfLittleEndian(b),
            SafetensorsType.BF16 => b => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(b) << 16),
            SafetensorsType.F32 => b => BinaryPrimitives.ReadSingleLittleEndian(b),
            SafetensorsType.F64 => b => (float)BinaryPrimitives.ReadDoubleLittleEndian(b),
            _ => throw WrongType(file, tensor, "F16, BF16, F32 or F64"),
        };
        return Decode(file, tensor, decode);
    }

    /// <summary>The tensor <paramref name="name"/>, of any integer type but U64, as 64-bit integers.</summary>
    /// <exception cref="InvalidInputException">It is missing or of another type.</exception>
    public static long[] ReadIntegers(this SafetensorsReader file, string name)
    {
        var tensor = file.Require(name);
        Func<ReadOnlySpan<byte>, long> decode = tensor.Type switch
        {
            SafetensorsType.Bool or SafetensorsType.U8 => b => b[0],
            SafetensorsType.I8 => b => unchecked((sbyte)b[0]),
            SafetensorsType.U16 => b => BinaryPrimitives.ReadUInt16LittleEndian(b),
            SafetensorsType.I16 => b => BinaryPrimitives.ReadInt16LittleEndian(b),
            SafetensorsType.U32 => b => BinaryPrimitives.ReadUInt32LittleEndian(b),
            SafetensorsType.I32 => b => BinaryPrimitives.ReadInt32LittleEndian(b),
            SafetensorsType.I64 => b => BinaryPrimitives.ReadInt64LittleEndian(b),
            _ => throw WrongType(file, tensor, "an integer type of at most 63 bits"),
        };
        return Decode(file, tensor, decode);
    }

    /// <summary>The tensor <paramref name="name"/>, of a signed type of at most 32 bits, as 32-bit integers.</summary>
    /// <exception cref="InvalidInputException">It is missing or of another type.</exception>
    public static int[] ReadInt32s(this SafetensorsReader file, string name)
    {
        var tensor = file.Require(name);
        Func<ReadOnlySpan<byte>, int> decode = tensor.Type switch
        {
            SafetensorsType.I8 => b => unchecked((sbyte)b[0]),
            SafetensorsType.I16 => b => BinaryPrimitives.ReadInt16LittleEndian(b),
            SafetensorsType.I32 => b => BinaryPrimitives.ReadInt32LittleEndian(b),
            _ => throw WrongType(file, tensor, "I8, I16 or I32"),
        };
        return Decode(file, tensor, decode);
    }

    private static T[] Decode<T>(SafetensorsReader file, TensorInfo tensor, Func<ReadOnlySpan<byte>, T> decode)
    {
        var bytes = file.ReadBytes(tensor);
        var step = tensor.Type.Bytes();
        var values = new T[bytes.Length / step];
        for (var i = 0; i < values.Length; i++)
            values[i] = decode(bytes.AsSpan(i * step, step));
        return values;
    }

    private static InvalidInputException WrongType(SafetensorsReader file, TensorInfo tensor, string expected) => new(
        file.Path, tensor.Name, tensor.Description, $"The type must be {expected}.", "Convert the tensor and write the file again.");
}
