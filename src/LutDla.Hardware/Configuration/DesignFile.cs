using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LutDla.Boundary;

namespace LutDla.Hardware.Configuration;

/// <summary>Configurations as files: JSON with comments and trailing commas, keys in snake_case (docs/design.schema.json).</summary>
public static class DesignFile
{
    /// <summary>A configuration has a few dozen values; a larger file is something else.</summary>
    public const int MaximumBytes = 1 << 20;

    /// <exception cref="InvalidInputException">The file cannot be read, or breaks rules: holds all that it breaks, with lines.</exception>
    public static DesignConfig Load(string path) => Parse(path, Read(path));

    /// <param name="file">The name that problems carry.</param>
    /// <inheritdoc cref="Load" path="/exception"/>
    public static DesignConfig Parse(string file, ReadOnlySpan<byte> json) => new DesignReader(file).Read(json);

    /// <summary>A file that <see cref="Load"/> reads back as an equal configuration; every value is spelled out.</summary>
    public static string Format(DesignConfig config) => Text(Section(RecordShape.Design, config));

    /// <summary>Replaces the file whole or not at all.</summary>
    public static void Write(string path, DesignConfig config) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(Format(config))));

    internal static string Text(JsonNode node) =>
        node.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }) + "\n";

    /// <summary>A value as it stands in a file.</summary>
    internal static JsonNode? Value(object? value) => value switch
    {
        int number => JsonValue.Create(number),
        Enum word => JsonValue.Create(RecordShape.Word(word)),
        string text => JsonValue.Create(text),
        _ => throw new InvalidOperationException($"A configuration has no values of type {value?.GetType().Name ?? "null"}."),
    };

    private static JsonObject Section(RecordShape shape, object record) => new(shape.Keys.Select(key =>
    {
        var value = key.Property.GetValue(record);
        return KeyValuePair.Create(key.Name, key.Nested is { } nested && value is not null ? Section(nested, value) : Value(value));
    }));

    private static byte[] Read(string path)
    {
        try
        {
            var bytes = InputFile.Find(path, MaximumBytes)
                ?? throw new InvalidInputException(
                    path, "size", $"more than {MaximumBytes} bytes", $"must be at most {MaximumBytes} bytes.",
                    "Is it a configuration? See configs/tiny.json.");
            if (FileFormats.Of(bytes.AsSpan(0, Math.Min(bytes.Length, FileFormats.StartBytes)), bytes.Length) is { } format
                and not (FileFormat.Json or FileFormat.Text or FileFormat.Empty))
            {
                throw format.Wrong(path, "It must be a design configuration, as JSON.");
            }

            return bytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException(
                path, "file", "unreadable", $"must be a readable file: {error.Message}", "Check the path; configs/ has examples.");
        }
    }
}
