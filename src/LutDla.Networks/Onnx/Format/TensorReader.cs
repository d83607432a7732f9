using System.Collections.Immutable;

namespace LutDla.Networks.Onnx.Format;

/// <summary>Reads tensors (TensorProto): raw, typed, or from files in <paramref name="folder"/>.</summary>
internal sealed class TensorReader(string folder)
{
    private long _elements;

    /// <exception cref="OnnxFormatException">The data do not fit type and shape, or lie outside of the folder.</exception>
    public OnnxTensor Read(MessageReader message)
    {
        var fields = Fields(message);
        var name = fields.Name.Length > 0 ? fields.Name : "tensor";
        var type = OnnxElementTypes.Find(fields.Type)
            ?? throw new OnnxFormatException(
                name, $"element type {fields.Type}", "Strings, complex numbers and types of less than a byte are not supported.");
        var count = ElementCount(name, fields.Dimensions);
        _elements += count;
        if (_elements > OnnxLimits.ConstantElements)
        {
            throw new OnnxFormatException(
                name, $"{_elements} elements so far", $"All constants of a model may have at most {OnnxLimits.ConstantElements} elements.");
        }

        var shape = fields.Dimensions.ToImmutableArray();
        if (fields.IsExternal)
            return Raw(name, type, shape, count, ExternalData.Read(folder, name, fields.External, count * type.Bytes()));
        return fields.Raw is { } raw ? Raw(name, type, shape, count, raw.Span) : FromValues(name, type, shape, count, fields);
    }

    private static TensorFields Fields(MessageReader message)
    {
        var fields = new TensorFields();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: message.AddIntegers(fields.Dimensions); break;
                case 2: fields.Type = message.Integer(); break;
                case 4: message.AddSingles(fields.Singles); break;
                case 5 or 7 or 11: message.AddIntegers(fields.Integers); break;
                case 8: fields.Name = message.Text(); break;
                case 9: fields.Raw = message.Bytes(); break;
                case 10: message.AddDoubles(fields.Doubles); break;
                case 13: AddPair(message.Message(), fields.External); break;
                case 14: fields.IsExternal = message.Integer() == 1; break;
                default: message.Skip(); break;
            }
        }

        return fields;
    }

    private static void AddPair(MessageReader message, Dictionary<string, string> pairs)
    {
        var (key, value) = ("", "");
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: key = message.Text(); break;
                case 2: value = message.Text(); break;
                default: message.Skip(); break;
            }
        }

        pairs[key] = value;
    }

    private static long ElementCount(string name, List<long> dimensions)
    {
        if (dimensions.Count > OnnxLimits.Rank)
            throw new OnnxFormatException(name, $"{dimensions.Count} dimensions", $"It may have at most {OnnxLimits.Rank} dimensions.");
        return Shapes.FindElementCount(dimensions) ?? throw new OnnxFormatException(
            name, Shapes.Text(dimensions), $"Its sides must not be negative, and it may have at most {OnnxLimits.Elements} elements.");
    }

    private static OnnxTensor Raw(string name, OnnxElementType type, ImmutableArray<long> shape, long count, ReadOnlySpan<byte> bytes)
    {
        CheckCount(name, count * type.Bytes(), bytes.Length, "bytes");
        return new OnnxTensor(name, type, type.IsInteger()
            ? ImportedConstant.OfIntegers(shape, RawValues.Integers(type, bytes))
            : ImportedConstant.OfSingles(shape, RawValues.Singles(type, bytes)));
    }

    private static OnnxTensor FromValues(string name, OnnxElementType type, ImmutableArray<long> shape, long count, TensorFields fields)
    {
        switch (type)
        {
            case OnnxElementType.Single:
                CheckCount(name, count, fields.Singles.Count, "numbers");
                return new OnnxTensor(name, type, ImportedConstant.OfSingles(shape, [.. fields.Singles]));
            case OnnxElementType.Double:
                CheckCount(name, count, fields.Doubles.Count, "numbers");
                return new OnnxTensor(name, type, ImportedConstant.OfSingles(shape, [.. fields.Doubles.Select(value => (float)value)]));
            default:
                CheckCount(name, count, fields.Integers.Count, "numbers");
                return new OnnxTensor(name, type, type.IsInteger()
                    ? ImportedConstant.OfIntegers(shape, [.. fields.Integers])
                    : ImportedConstant.OfSingles(
                        shape, [.. fields.Integers.Select(bits => RawValues.FromHalfBits(type, unchecked((short)bits)))]));
        }
    }

    private static void CheckCount(string name, long expected, long found, string unit)
    {
        if (found != expected)
            throw new OnnxFormatException(name, $"{found} {unit}", $"Its shape needs {expected} {unit}.");
    }

    private sealed class TensorFields
    {
        public string Name { get; set; } = "";

        public long Type { get; set; }

        public List<long> Dimensions { get; } = [];

        public List<float> Singles { get; } = [];

        /// <summary>int32_data, int64_data or uint64_data: only one of them is filled.</summary>
        public List<long> Integers { get; } = [];

        public List<double> Doubles { get; } = [];

        public ReadOnlyMemory<byte>? Raw { get; set; }

        public Dictionary<string, string> External { get; } = new(StringComparer.Ordinal);

        public bool IsExternal { get; set; }
    }
}
