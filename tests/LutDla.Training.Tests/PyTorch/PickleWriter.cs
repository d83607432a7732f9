using System.Buffers.Binary;
using System.Text;

namespace LutDla.Training.Tests.PyTorch;

/// <summary>Writes pickles opcode by opcode, protocol 2.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];

    public PickleWriter() => Raw("\u0080\u0002");

    /// <summary>Opcodes and their arguments as characters, one a byte.</summary>
    public PickleWriter Raw(string opcodes)
    {
        _bytes.AddRange(Encoding.Latin1.GetBytes(opcodes));
        return this;
    }

    public PickleWriter Text(string text)
    {
        Raw("X");
        return Raw(LittleEndian(Encoding.UTF8.GetByteCount(text), 4) + Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)));
    }

    public PickleWriter Integer(long value) => value switch
    {
        >= 0 and < 256 => Raw("K" + LittleEndian(value, 1)),
        >= 0 and < 65536 => Raw("M" + LittleEndian(value, 2)),
        >= int.MinValue and <= int.MaxValue => Raw("J" + LittleEndian(value, 4)),
        _ => Raw("\u008A\u0008" + LittleEndian(value, 8)),
    };

    /// <param name="name">Module and name with a space between.</param>
    public PickleWriter Global(string name) => Raw("c" + name.Replace(' ', '\n') + "\n");

    public PickleWriter Integers(params long[] values)
    {
        Raw("(");
        foreach (var value in values) Integer(value);
        return Raw("t");
    }

    /// <param name="type">Such as FloatStorage.</param>
    public PickleWriter Storage(string type, string key, long count) =>
        Raw("(").Text("storage").Global($"torch {type}").Text(key).Text("cpu").Integer(count).Raw("tQ");

    public PickleWriter Tensor(SampleTensor tensor) => Global("torch._utils _rebuild_tensor_v2")
        .Raw("(").Storage(tensor.Type, tensor.Key, tensor.Count).Integer(tensor.Offset).Integers(tensor.Shape).Integers(tensor.Strides)
        .Raw("\u0089").Global("collections OrderedDict").Raw(")RtR");

    /// <summary>An OrderedDict of tensors.</summary>
    public PickleWriter State(params SampleTensor[] tensors)
    {
        Global("collections OrderedDict").Raw(")R(");
        foreach (var tensor in tensors) Text(tensor.Name).Tensor(tensor);
        return Raw("u");
    }

    public PickleWriter Texts(IEnumerable<string> texts)
    {
        Raw("](");
        foreach (var text in texts) Text(text);
        return Raw("e");
    }

    /// <summary>The pickle, with its end.</summary>
    public byte[] ToArray() => [.. _bytes, (byte)'.'];

    private static string LittleEndian(long value, int bytes)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(all, value);
        return Encoding.Latin1.GetString(all[..bytes]);
    }
}

/// <summary>What a tensor says of itself; <paramref name="Count"/> elements are in its storage.</summary>
internal sealed record SampleTensor(string Name, string Type, string Key, long Count, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>[2, 3], row-major in storage 0.</summary>
    public static SampleTensor Plain { get; } = new("w", "FloatStorage", "0", 6, 0, [2, 3], [3, 1]);
}
