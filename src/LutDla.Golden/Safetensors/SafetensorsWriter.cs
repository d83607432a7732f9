using System.Buffers.Binary;
using System.Text.Json;
using LutDla.Boundary;

namespace LutDla.Golden.Safetensors;

/// <summary>Writes safetensors files. The same input gives the same bytes.</summary>
public static class SafetensorsWriter
{
    private const int HeaderAlignmentBytes = 8;

    /// <summary>Writes <paramref name="path"/> whole or not at all.</summary>
    /// <exception cref="ArgumentException">Two tensors of one name, or a tensor whose bytes do not fit its shape.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<TensorData> tensors)
    {
        // Wide elements first keeps every tensor aligned to its element; then by name, so that no order of the caller's shows.
        TensorData[] ordered = [.. tensors.OrderByDescending(t => t.Type.Bytes()).ThenBy(t => t.Name, StringComparer.Ordinal)];
        Check(ordered);
        var header = Header(metadata, ordered);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (var tensor in ordered)
                stream.Write(tensor.Bytes.Span);
        });
    }

    private static void Check(TensorData[] tensors)
    {
        foreach (var tensor in tensors)
        {
            var expected = tensor.Shape.Aggregate((long)tensor.Type.Bytes(), (product, side) => product * side);
            if (tensor.Bytes.Length != expected)
                throw new ArgumentException($"{tensor.Name} has {tensor.Bytes.Length} bytes; its shape needs {expected}.", nameof(tensors));
        }

        if (tensors.GroupBy(t => t.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Two tensors are called {twice.Key}.", nameof(tensors));
    }

    private static byte[] Header(IEnumerable<KeyValuePair<string, string>> metadata, TensorData[] tensors)
    {
        using var buffer = new MemoryStream();
        buffer.Write(stackalloc byte[SafetensorsReader.LengthBytes]);
        using (var json = new Utf8JsonWriter(buffer))
            WriteJson(json, metadata, tensors);
        while (buffer.Length % HeaderAlignmentBytes != 0)
            buffer.WriteByte((byte)' ');
        var bytes = buffer.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - SafetensorsReader.LengthBytes);
        return bytes;
    }

    private static void WriteJson(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> metadata, TensorData[] tensors)
    {
        json.WriteStartObject();
        json.WriteStartObject("__metadata__");
        foreach (var (key, value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
        var offset = 0L;
        foreach (var tensor in tensors)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.Name());
            WriteArray(json, "shape", tensor.Shape);
            WriteArray(json, "data_offsets", [offset, offset + tensor.Bytes.Length]);
            json.WriteEndObject();
            offset += tensor.Bytes.Length;
        }

        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<long> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
