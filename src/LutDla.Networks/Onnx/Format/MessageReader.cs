using Google.Protobuf;

namespace LutDla.Networks.Onnx.Format;

/// <summary>
/// The fields of one message of a protocol buffer, one after another. Lengths are checked against the bytes that are there before anything
/// is allocated, and every message and string is counted.
/// </summary>
internal sealed class MessageReader
{
    private readonly byte[] _bytes;
    private readonly CodedInputStream _stream;
    private readonly ObjectBudget _budget;

    public MessageReader(byte[] bytes)
        : this(bytes, 0, bytes.Length, new ObjectBudget())
    {
    }

    private MessageReader(byte[] bytes, int start, int length, ObjectBudget budget)
    {
        budget.Take();
        (_bytes, _stream, _budget) = (bytes, new CodedInputStream(bytes, start, length), budget);
    }

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    private WireFormat.WireType Wire { get; set; }

    /// <summary>Steps to the next field, which must then be read or skipped.</summary>
    /// <returns>False at the end of the message.</returns>
    public bool Next()
    {
        var tag = _stream.ReadTag();
        (Field, Wire) = (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag));
        return tag != 0;
    }

    public void Skip() => _stream.SkipLastField();

    public long Integer()
    {
        Expect(WireFormat.WireType.Varint);
        return _stream.ReadInt64();
    }

    public float Single()
    {
        Expect(WireFormat.WireType.Fixed32);
        return _stream.ReadFloat();
    }

    public string Text()
    {
        _budget.Take();
        Expect(WireFormat.WireType.LengthDelimited);
        return _stream.ReadString();
    }

    /// <summary>The field as a message of its own.</summary>
    public MessageReader Message()
    {
        var (start, length) = Span();
        return new MessageReader(_bytes, start, length, _budget);
    }

    /// <summary>The bytes of the field, not copied.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        var (start, length) = Span();
        return _bytes.AsMemory(start, length);
    }

    /// <summary>Adds a repeated integer, packed or not.</summary>
    public void AddIntegers(List<long> values) => AddEach(values, WireFormat.WireType.Varint, stream => stream.ReadInt64());

    /// <summary>Adds a repeated single-precision number, packed or not.</summary>
    public void AddSingles(List<float> values) => AddEach(values, WireFormat.WireType.Fixed32, stream => stream.ReadFloat());

    /// <summary>Adds a repeated double-precision number, packed or not.</summary>
    public void AddDoubles(List<double> values) => AddEach(values, WireFormat.WireType.Fixed64, stream => stream.ReadDouble());

    private void AddEach<T>(List<T> values, WireFormat.WireType wire, Func<CodedInputStream, T> read)
    {
        if (Wire != WireFormat.WireType.LengthDelimited)
        {
            Expect(wire);
            values.Add(read(_stream));
            return;
        }

        var (start, length) = Span();
        var packed = new CodedInputStream(_bytes, start, length);
        while (!packed.IsAtEnd)
            values.Add(read(packed));
    }

    // Skipping checks that the whole field is there; its length is then read a second time, from the same place.
    private (int Start, int Length) Span()
    {
        Expect(WireFormat.WireType.LengthDelimited);
        var before = checked((int)_stream.Position);
        _stream.SkipLastField();
        var after = checked((int)_stream.Position);
        var length = new CodedInputStream(_bytes, before, after - before).ReadLength();
        return (after - length, length);
    }

    private void Expect(WireFormat.WireType wire)
    {
        if (Wire != wire)
            throw new OnnxFormatException(
                $"field {Field} at byte {_stream.Position}", $"wire type {Wire}", $"It must be of wire type {wire}.");
    }

    private sealed class ObjectBudget
    {
        private int _left = OnnxLimits.Objects;

        public void Take()
        {
            if (--_left < 0)
                throw new OnnxFormatException(
                    "model", $"more than {OnnxLimits.Objects} messages", "It must have fewer nodes, names and attributes.");
        }
    }
}
