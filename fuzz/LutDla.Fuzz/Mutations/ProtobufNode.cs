using Google.Protobuf;

namespace LutDla.Fuzz.Mutations;

/// <summary>A field of a protocol buffer. Bytes that read as a message are taken for one.</summary>
/// <param name="Wire">The wire type: 0, 1, 2 or 5.</param>
/// <param name="Number">The value, but of wire type 2.</param>
/// <param name="Bytes">The value of wire type 2, if it is no message.</param>
internal sealed record ProtobufNode(int Field, int Wire, ulong Number, byte[] Bytes)
{
    private const int DeepestMessage = 12;

    public List<ProtobufNode> Children { get; init; } = [];

    public IEnumerable<ProtobufNode> WithAllBelow() => Children.SelectMany(c => c.WithAllBelow()).Prepend(this);

    /// <summary>The message; null if the bytes are none.</summary>
    public static ProtobufNode? Parse(byte[] bytes) =>
        Fields(bytes, 0) is { } fields ? new ProtobufNode(0, 2, 0, []) { Children = fields } : null;

    /// <summary>The fields of a message as bytes.</summary>
    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        using var output = new CodedOutputStream(bytes);
        foreach (var child in Children)
        {
            output.WriteTag((uint)(child.Field << 3 | child.Wire));
            if (child.Wire == 0)
                output.WriteUInt64(child.Number);
            else if (child.Wire == 1)
                output.WriteFixed64(child.Number);
            else if (child.Wire == 5)
                output.WriteFixed32((uint)(child.Number & uint.MaxValue));
            else
                output.WriteBytes(ByteString.CopyFrom(child.ToBytes()));
        }

        output.Flush();
        return bytes.ToArray();
    }

    /// <summary>The value of wire type 2.</summary>
    public byte[] ToBytes() => Children.Count > 0 ? ToArray() : [.. Bytes];

    private static List<ProtobufNode>? Fields(byte[] bytes, int depth)
    {
        var fields = new List<ProtobufNode>();
        var input = new CodedInputStream(bytes);
        try
        {
            while (!input.IsAtEnd)
            {
                var tag = input.ReadTag();
                var (field, wire) = (WireFormat.GetTagFieldNumber(tag), (int)(tag & 7));
                switch (wire)
                {
                    case 0: fields.Add(new(field, wire, input.ReadUInt64(), [])); break;
                    case 1: fields.Add(new(field, wire, input.ReadFixed64(), [])); break;
                    case 5: fields.Add(new(field, wire, input.ReadFixed32(), [])); break;
                    case 2: fields.Add(Of(field, input.ReadBytes().ToByteArray(), depth)); break;
                    default: return null;
                }
            }
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }

        return fields;
    }

    private static ProtobufNode Of(int field, byte[] bytes, int depth) =>
        bytes.Length > 1 && depth < DeepestMessage && Fields(bytes, depth + 1) is { Count: > 0 } inside
            ? new(field, 2, 0, []) { Children = inside }
            : new(field, 2, 0, bytes);
}
