using System.Collections.Immutable;

namespace LutDla.Golden.Safetensors;

/// <summary>A tensor of a safetensors file, as its header describes it.</summary>
/// <param name="Name">Unique within the file.</param>
/// <param name="Shape">Row-major; empty for a scalar.</param>
/// <param name="Offset">Bytes from the start of the data section.</param>
/// <param name="ByteCount">Element count times element size; checked against the shape.</param>
public sealed record TensorInfo(string Name, SafetensorsType Type, ImmutableArray<long> Shape, long Offset, long ByteCount)
{
    public long ElementCount => ByteCount / Type.Bytes();

    /// <summary>Such as <c>I8 [9, 16, 4]</c>.</summary>
    public string Description => $"{Type.Name()} [{string.Join(", ", Shape)}]";
}
