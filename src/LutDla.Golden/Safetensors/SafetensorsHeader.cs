using System.Collections.Immutable;
using System.Text.Json;
using LutDla.Boundary;

namespace LutDla.Golden.Safetensors;

/// <summary>
/// Parses and checks the JSON header of a safetensors file: names unique, types known, sizes consistent with shapes, and the tensors
/// cover the data section exactly, without gap or overlap. Nothing is allocated by a count that the header claims.
/// </summary>
internal sealed class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";
    private const int MaximumRank = 16;
    private const string Mend = "Write the file again, or check that it arrived whole.";

    // Header, tensor, shape array: anything deeper is no safetensors header.
    private const int MaximumDepth = 4;

    private readonly string _path;
    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorInfo> _tensors = new(StringComparer.Ordinal);

    private SafetensorsHeader(string path) => _path = path;

    public ImmutableSortedDictionary<string, string> Metadata => _metadata.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>In file order.</summary>
    public ImmutableArray<TensorInfo> Tensors { get; private set; } = [];

    public static SafetensorsHeader Parse(string path, ReadOnlySpan<byte> json, long dataBytes)
    {
        var header = new SafetensorsHeader(path);
        try
        {
            header.ReadTensors(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException: a string that is not UTF-8 or a lone surrogate; FormatException: a number that is no integer.
            throw header.Fault("header", "not readable", $"The header must be a JSON object of tensors ({FirstLine(e.Message)}).");
        }

        header.CheckCover(dataBytes);
        return header;
    }

    private void ReadTensors(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaximumDepth });
        Expect(ref reader, JsonTokenType.StartObject);
        var metadataSeen = false;
        while (NextName(ref reader) is { } name)
        {
            if (name != MetadataKey)
                ReadTensor(ref reader, name);
            else if (metadataSeen)
                throw Fault(MetadataKey, "twice", "Names must be unique.");
            else
                metadataSeen = ReadMetadata(ref reader);
        }

        if (reader.Read())
            throw new JsonException("more than one value");
    }

    private bool ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextName(ref reader) is { } key)
        {
            Expect(ref reader, JsonTokenType.String);
            if (!_metadata.TryAdd(key, reader.GetString() ?? ""))
                throw Fault($"{MetadataKey}.{key}", "twice", "Names must be unique.");
        }

        return true;
    }

    private void ReadTensor(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        ImmutableArray<long>? shape = null;
        ImmutableArray<long>? offsets = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextName(ref reader) is { } key)
        {
            if (key == "dtype" && type is null)
                type = ReadString(ref reader);
            else if (key == "shape" && shape is null)
                shape = ReadIntegers(ref reader, name, key, MaximumRank);
            else if (key == "data_offsets" && offsets is null)
                offsets = ReadIntegers(ref reader, name, key, 2);
            else
                throw Fault($"{name}.{key}", "unexpected", "A tensor has dtype, shape and data_offsets, each once.");
        }

        if (type is null || shape is null || offsets is not [var begin, var end])
            throw Fault(name, "incomplete", "A tensor has dtype, shape and two data_offsets.");
        if (!_tensors.TryAdd(name, Describe(name, type, shape.Value, begin, end)))
            throw Fault(name, "twice", "Names must be unique.");
    }

    private TensorInfo Describe(string name, string typeName, ImmutableArray<long> shape, long begin, long end)
    {
        if (SafetensorsTypes.Parse(typeName) is not { } type)
            throw Fault($"{name}.dtype", typeName, $"The type must be one of {SafetensorsTypes.AllNames}.");
        if (end < begin)
            throw Fault($"{name}.data_offsets", $"[{begin}, {end}]", "The end must not lie before the begin.");
        if (ByteCount(type, shape) is not { } bytes || bytes != end - begin)
        {
            throw Fault($"{name}.data_offsets", $"[{begin}, {end}]",
                $"{typeName} [{string.Join(", ", shape)}] needs another number of bytes than {end - begin}.");
        }

        return new TensorInfo(name, type, shape, begin, bytes);
    }

    // Null where the product does not fit: no file is that long.
    private static long? ByteCount(SafetensorsType type, ImmutableArray<long> shape)
    {
        if (shape.Contains(0))
            return 0;
        UInt128 bytes = (uint)type.Bytes();
        foreach (var side in shape)
        {
            bytes *= (ulong)side;
            if (bytes > long.MaxValue)
                return null;
        }

        return (long)bytes;
    }

    private void CheckCover(long dataBytes)
    {
        Tensors = [.. _tensors.Values.OrderBy(t => t.Offset).ThenBy(t => t.ByteCount).ThenBy(t => t.Name, StringComparer.Ordinal)];
        var position = 0L;
        foreach (var tensor in Tensors)
        {
            if (tensor.Offset != position)
            {
                throw Fault($"{tensor.Name}.data_offsets", $"begin {tensor.Offset}",
                    $"Tensors must follow one another without gap or overlap; byte {position} is next.");
            }

            if (tensor.ByteCount > dataBytes - position)
            {
                throw Fault($"{tensor.Name}.data_offsets", $"end {tensor.Offset} + {tensor.ByteCount}",
                    $"The tensor must end within the {dataBytes} bytes of data.");
            }

            position += tensor.ByteCount;
        }

        if (position != dataBytes)
            throw Fault("data", $"{dataBytes} bytes", $"The tensors cover {position} bytes; nothing may follow them.");
    }

    private ImmutableArray<long> ReadIntegers(ref Utf8JsonReader reader, string name, string key, int limit)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        var values = ImmutableArray.CreateBuilder<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var value) || value < 0)
                throw Fault($"{name}.{key}", "no count", "It must hold whole numbers from 0 to 2^63 - 1.");
            if (values.Count == limit)
                throw Fault($"{name}.{key}", $"more than {limit} numbers", $"It must hold at most {limit} numbers.");
            values.Add(value);
        }

        return values.DrainToImmutable();
    }

    private static string ReadString(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return reader.GetString() ?? "";
    }

    private static string? NextName(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new JsonException($"{type} expected at byte {reader.TokenStartIndex}, not {reader.TokenType}");
    }

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('.', '\r');

    private InvalidInputException Fault(string key, string value, string rule) => new(_path, Shorten(key), Shorten(value), rule, Mend);

    // A hostile name may be megabytes long.
    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "...";
}
