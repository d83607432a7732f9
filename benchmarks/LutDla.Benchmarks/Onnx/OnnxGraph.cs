using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace LutDla.Benchmarks.Onnx;

/// <summary>What an ONNX file says, in the parts that the export needs.</summary>
/// <param name="Name">Of the network.</param>
/// <param name="Input">The only one: single precision.</param>
/// <param name="Outputs">Names of values, single precision; their shapes are left to whoever reads the file.</param>
/// <param name="Nodes">In topological order.</param>
/// <param name="Initialisers">The constants.</param>
internal sealed record OnnxGraph(
    string Name, OnnxInput Input, ImmutableArray<string> Outputs, ImmutableArray<OnnxNode> Nodes, ImmutableArray<OnnxTensor> Initialisers);

/// <summary>Images [any count, channels, height, width].</summary>
internal sealed record OnnxInput(string Name, int Channels, int Height, int Width);

/// <summary>One operator, with one output.</summary>
internal sealed record OnnxNode(string OpType, ImmutableArray<string> Inputs, string Output, ImmutableArray<OnnxAttribute> Attributes);

/// <summary>An integer or, if <paramref name="IsList"/>, a list of integers.</summary>
internal sealed record OnnxAttribute(string Name, ImmutableArray<long> Values, bool IsList)
{
    public static OnnxAttribute Integer(string name, long value) => new(name, [value], IsList: false);

    public static OnnxAttribute List(string name, params ImmutableArray<long> values) => new(name, values, IsList: true);
}

/// <summary>The numbers of element types in ONNX.</summary>
internal enum OnnxType
{
    Single = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
}

/// <summary>A constant; no dimensions is a scalar.</summary>
/// <param name="Bytes">Row-major, little-endian.</param>
internal sealed record OnnxTensor(string Name, OnnxType ElementType, ImmutableArray<long> Dimensions, byte[] Bytes)
{
    public static OnnxTensor Of<T>(string name, ImmutableArray<long> dimensions, ReadOnlySpan<T> values)
        where T : unmanaged => new(name, TypeOf<T>(), dimensions, MemoryMarshal.AsBytes(values).ToArray());

    public ReadOnlySpan<float> Singles => MemoryMarshal.Cast<byte, float>(Bytes);

    private static OnnxType TypeOf<T>() => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Single => OnnxType.Single,
        TypeCode.Byte => OnnxType.UInt8,
        TypeCode.SByte => OnnxType.Int8,
        TypeCode.Int32 => OnnxType.Int32,
        _ => throw new NotSupportedException($"No element type of ONNX is known for {typeof(T).Name}."),
    };
}
