using System.Text.Json;

namespace LutDla.Boundary;

/// <summary>
/// An object in a JSON file that this program wrote and others may have changed: says of what is not as it should be where it is.
/// </summary>
public sealed class JsonSection
{
    private const int LongestValue = 80;

    private readonly string _file;
    private readonly string _path;
    private readonly string _mend;
    private readonly JsonElement _element;

    private JsonSection(string file, string path, string mend, JsonElement element)
    {
        (_file, _path, _mend, _element) = (file, path, mend, element);
        if (element.ValueKind != JsonValueKind.Object)
            throw Refuse(path, Shown(element), "must be an object.");
    }

    /// <summary>What the whole file holds.</summary>
    /// <param name="mend">What to do where something is wrong.</param>
    /// <exception cref="InvalidInputException">It is no object.</exception>
    public static JsonSection Of(string file, JsonDocument document, string mend) => new(file, "", mend, document.RootElement);

    /// <exception cref="InvalidInputException">There is none.</exception>
    public JsonSection Section(string key) => new(_file, PathOf(key), _mend, Find(key));

    /// <exception cref="InvalidInputException">There is no list of objects.</exception>
    public IReadOnlyList<JsonSection> Sections(string key) =>
    [
        .. Read(key, "must be a list.", value => value.EnumerateArray().ToArray())
            .Select((item, i) => new JsonSection(_file, $"{PathOf(key)}[{i}]", _mend, item)),
    ];

    /// <exception cref="InvalidInputException">There is none.</exception>
    public string Text(string key) => Read(key, "must be a text.", value => value.GetString() ?? throw new FormatException());

    /// <exception cref="InvalidInputException">There is none.</exception>
    public double Number(string key) => Read(
        key, "must be a number.",
        value => value.GetDouble() is var number && double.IsFinite(number) ? number : throw new FormatException());

    /// <exception cref="InvalidInputException">There is no list of numbers.</exception>
    public IReadOnlyList<double> Numbers(string key) => Read(
        key, "must be a list of numbers.",
        value => value.EnumerateArray()
            .Select(n => n.GetDouble() is var x && double.IsFinite(x) ? x : throw new FormatException()).ToArray());

    /// <exception cref="InvalidInputException">There is none.</exception>
    public long Count(string key) => Read(
        key, "must be a whole number, 0 or more.", value => value.GetInt64() is >= 0 and var count ? count : throw new FormatException());

    /// <exception cref="InvalidInputException">There is none.</exception>
    public bool Flag(string key) => Read(key, "must be true or false.", value => value.GetBoolean());

    /// <summary>Whether there is nothing, said in so many words.</summary>
    /// <exception cref="InvalidInputException">The key is missing.</exception>
    public bool IsNull(string key) => Find(key).ValueKind == JsonValueKind.Null;

    /// <summary>The keys, in order.</summary>
    /// <exception cref="InvalidInputException">One is no text.</exception>
    public IReadOnlyList<string> Keys => Guard("", Shown(_element), "must have names that are text.", () =>
        _element.EnumerateObject().Select(property => property.Name).ToArray());

    /// <summary>The problem of a value that is of the right kind and otherwise wrong.</summary>
    /// <param name="rule">What it must be.</param>
    public InvalidInputException Refuse(string key, string rule) => Refuse(PathOf(key), Shown(Find(key)), rule);

    private T Read<T>(string key, string rule, Func<JsonElement, T> read)
    {
        var value = Find(key);
        return Guard(PathOf(key), Shown(value), rule, () => read(value));
    }

    private JsonElement Find(string key) =>
        Guard(_path, Shown(_element), "must have names that are text.", () => _element.TryGetProperty(key, out var found) ? found : default)
            is { ValueKind: not JsonValueKind.Undefined } value
            ? value
            : throw Refuse(PathOf(key), "missing", "must be there.");

    // InvalidOperationException is of another kind of value, or text that is no Unicode.
    private T Guard<T>(string path, string value, string rule, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            throw Refuse(path, value, rule);
        }
    }

    private InvalidInputException Refuse(string path, string value, string rule) =>
        new(_file, path.Length == 0 ? "JSON" : path, value, rule, _mend);

    private string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ when value.GetRawText() is { Length: > LongestValue } text => $"{text[..LongestValue]}...",
        _ => value.GetRawText(),
    };
}
