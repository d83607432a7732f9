using System.Globalization;
using System.Text;
using System.Text.Json;
using LutDla.Boundary;

namespace LutDla.Hardware.Configuration;

/// <summary>
/// Reads a configuration against the shape of its record and goes on after each fault: System.Text.Json's own deserialiser stops at the
/// first. What cannot be used is replaced by a stand-in, so that the rules for all other values are still checked.
/// </summary>
/// <param name="file">The name that problems carry.</param>
internal sealed class DesignReader(string file)
{
    private const int MaximumDepth = 16;
    private const int ShownValueLetters = 40;
    private const string SchemaKey = "$schema"; // for editors

    private static readonly JsonReaderOptions Options =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaximumDepth };

    private readonly List<(int Line, InputProblem Problem)> _problems = [];
    private readonly Dictionary<string, int> _lines = [];
    private readonly HashSet<string> _unusable = [];
    private int[] _lineStarts = [0];

    public DesignConfig Read(ReadOnlySpan<byte> json)
    {
        json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        _lineStarts = LineStarts(json);
        var config = ReadWhole(json);
        foreach (var problem in DesignRules.Problems(config, _unusable))
            Add(_lines.GetValueOrDefault(problem.Key, 1), problem.Key, problem.Value, problem.Rule, problem.Mend);
        return _problems.Count == 0
            ? config
            : throw new InvalidInputException([.. _problems.OrderBy(p => p.Line).Select(p => p.Problem)]);
    }

    private DesignConfig ReadWhole(ReadOnlySpan<byte> json)
    {
        if (!System.Text.Unicode.Utf8.IsValid(json))
            throw new InvalidInputException(
                file, "encoding", "not UTF-8", "must be UTF-8 text.", "Save it as UTF-8; see configs/tiny.json.");
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new InvalidInputException(
                    file, "(whole file)", Shown(ref reader), "must be an object in braces.", "See configs/tiny.json.");
            var config = (DesignConfig)ReadSection(ref reader, RecordShape.Design);
            reader.Read(); // anything after the closing brace is a fault
            return config;
        }
        catch (JsonException error)
        {
            var what = error.Message.Split(" LineNumber:")[0];
            var line = string.Create(CultureInfo.InvariantCulture, $"{file}:{error.LineNumber + 1}");
            throw new InvalidInputException(
                line, "JSON", string.Create(CultureInfo.InvariantCulture, $"column {error.BytePositionInLine + 1}"), what,
                "Mend the JSON; comments and trailing commas are allowed.");
        }
    }

    // Enters on the opening brace, leaves on the closing one.
    private object ReadSection(ref Utf8JsonReader reader, RecordShape shape)
    {
        var record = StandIn(shape);
        var line = Line(ref reader);
        HashSet<string> seen = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader);
            var keyLine = Line(ref reader);
            reader.Read();
            var path = shape.Path.Length == 0 ? name : $"{shape.Path}.{name}";
            if (!seen.Add(name))
                AddAndSkip(ref reader, keyLine, path, "stands here for the second time.", "Keep one of the two.");
            else if (shape.Keys.FirstOrDefault(k => k.Name == name) is { } key)
                ReadKey(ref reader, keyLine, key, record);
            else if (path == SchemaKey)
                reader.Skip();
            else
                AddAndSkip(
                    ref reader, keyLine, path, "is no known key.",
                    Spelling.Suggest(
                        name, shape.Keys.Select(k => k.Name), $"Known here: {string.Join(", ", shape.Keys.Select(k => k.Name))}."));
        }

        foreach (var key in shape.Keys.Where(k => k.IsRequired && !seen.Contains(k.Name)))
        {
            Add(
                line, key.Path, "(missing)", "must be given.",
                key.Setting?.Description ?? $"An object with: {string.Join(", ", key.Nested?.Keys.Select(k => k.Name) ?? [])}.");
            MarkUnusable(key);
        }

        return record;
    }

    private void ReadKey(ref Utf8JsonReader reader, int line, RecordShape.KeyShape key, object record)
    {
        _lines[key.Path] = line;
        object? value = (key.Nested, reader.TokenType) switch
        {
            ({ } nested, JsonTokenType.StartObject) => ReadSection(ref reader, nested),
            (null, JsonTokenType.Number) when key.Property.PropertyType == typeof(int) && reader.TryGetInt32(out var number) => number,
            (null, JsonTokenType.String) when key.Property.PropertyType == typeof(string) => Text(ref reader),
            (null, JsonTokenType.String) when key.Words.Contains(Text(ref reader)) => Word(key, Text(ref reader)),
            _ => null,
        };
        if (value is not null)
        {
            key.Property.SetValue(record, value);
            return;
        }

        var (rule, mend) = Expectation(ref reader, key);
        AddAndSkip(ref reader, line, key.Path, rule, mend);
        MarkUnusable(key);
    }

    private (string Rule, string Mend) Expectation(ref Utf8JsonReader reader, RecordShape.KeyShape key)
    {
        if (key.Nested is { } nested)
            return ("must be an object in braces.", $"Keys: {string.Join(", ", nested.Keys.Select(k => k.Name))}.");
        var description = key.Setting?.Description ?? "";
        if (key.Words.Count > 0)
            return (
                $"must be one of {string.Join(", ", key.Words)}.",
                reader.TokenType == JsonTokenType.String ? Spelling.Suggest(Text(ref reader), key.Words, description) : description);
        return key.Property.PropertyType == typeof(int)
            ? (string.Create(
                CultureInfo.InvariantCulture, $"must be a whole number, {key.Setting?.Minimum} to {key.Setting?.Maximum}."), description)
            : ("must be text in quotes.", description);
    }

    private static object Word(RecordShape.KeyShape key, string word) =>
        Enum.GetValues(key.Property.PropertyType)
            .GetValue(key.Words.ToList().IndexOf(word)) ?? throw new InvalidOperationException($"{word} is no word of {key.Path}.");

    /// <summary>A record with its defaults, and stand-ins for the sections that have none.</summary>
    private static object StandIn(RecordShape shape)
    {
        var record = Activator.CreateInstance(shape.Type) ?? throw new InvalidOperationException($"{shape.Type.Name} cannot be made.");
        foreach (var key in shape.Keys)
        {
            if (key.Nested is { } nested)
                key.Property.SetValue(record, StandIn(nested));
            else if (key.IsRequired && key.Property.PropertyType == typeof(string))
                key.Property.SetValue(record, "");
        }

        return record;
    }

    private void MarkUnusable(RecordShape.KeyShape key)
    {
        _unusable.Add(key.Path);
        foreach (var below in key.Nested?.Keys ?? [])
            MarkUnusable(below);
    }

    private void AddAndSkip(ref Utf8JsonReader reader, int line, string path, string rule, string mend)
    {
        Add(line, path, Shown(ref reader), rule, mend);
        reader.Skip();
    }

    private void Add(int line, string path, string value, string rule, string mend) =>
        _problems.Add((line, new(string.Create(CultureInfo.InvariantCulture, $"{file}:{line}"), path, value, rule, mend)));

    private string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException error)
        {
            // Half of a surrogate pair, as an escape: valid JSON, but no text.
            throw new InvalidInputException(
                string.Create(CultureInfo.InvariantCulture, $"{file}:{Line(ref reader)}"), "text", Shown(ref reader), error.Message,
                "Write the letter itself.");
        }
    }

    private static string Shown(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "{...}",
        JsonTokenType.StartArray => "[...]",
        JsonTokenType.String => $"\"{Shorten(reader.ValueSpan)}\"",
        _ => Shorten(reader.ValueSpan),
    };

    // Escapes stay as they are written, so that a file cannot put control characters on a terminal.
    private static string Shorten(ReadOnlySpan<byte> value)
    {
        var text = Encoding.UTF8.GetString(value);
        return text.Length <= ShownValueLetters ? text : $"{text[..ShownValueLetters]}...";
    }

    private int Line(ref Utf8JsonReader reader)
    {
        var found = Array.BinarySearch(_lineStarts, (int)reader.TokenStartIndex);
        return found >= 0 ? found + 1 : ~found; // lines count from 1
    }

    private static int[] LineStarts(ReadOnlySpan<byte> json)
    {
        List<int> starts = [0];
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == (byte)'\n')
                starts.Add(i + 1);
        }

        return [.. starts];
    }
}
