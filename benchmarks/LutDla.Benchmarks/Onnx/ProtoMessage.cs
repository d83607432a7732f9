using Google.Protobuf;

namespace LutDla.Benchmarks.Onnx;

/// <summary>One protobuf message in the making: fields by number, in the order in which they are added.</summary>
internal sealed class ProtoMessage
{
    private readonly List<Action<CodedOutputStream>> _fields = [];

    public ProtoMessage Add(int field, long value) => Add(field, WireFormat.WireType.Varint, output => output.WriteInt64(value));

    public ProtoMessage Add(int field, float value) => Add(field, WireFormat.WireType.Fixed32, output => output.WriteFloat(value));

    public ProtoMessage Add(int field, string value) =>
        Add(field, WireFormat.WireType.LengthDelimited, output => output.WriteString(value));

    public ProtoMessage Add(int field, ReadOnlySpan<byte> value)
    {
        var bytes = ByteString.CopyFrom(value);
        return Add(field, WireFormat.WireType.LengthDelimited, output => output.WriteBytes(bytes));
    }

    public ProtoMessage Add(int field, ProtoMessage value) => Add(field, value.ToArray());

    /// <summary>A repeated field: <paramref name="add"/> adds one element of it.</summary>
    public ProtoMessage AddEach<T>(IEnumerable<T> values, Action<ProtoMessage, T> add)
    {
        foreach (var value in values)
            add(this, value);
        return this;
    }

    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        using var output = new CodedOutputStream(bytes);
        foreach (var field in _fields)
            field(output);
        output.Flush();
        return bytes.ToArray();
    }

    private ProtoMessage Add(int field, WireFormat.WireType type, Action<CodedOutputStream> value)
    {
        _fields.Add(output => output.WriteTag(field, type));
        _fields.Add(value);
        return this;
    }
}
