using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LutDla.Hardware.Configuration;

/// <summary>A value of a configuration by its path, such as <c>matching.lanes</c>.</summary>
public sealed class DesignKey
{
    private readonly RecordShape.KeyShape _section;
    private readonly RecordShape.KeyShape _key;

    private readonly Action<DesignConfig, object> _set;

    private DesignKey(RecordShape.KeyShape section, RecordShape.KeyShape key)
    {
        (_section, _key) = (section, key);
        // Compiled, because reflection would take longer than all estimates of a design.
        var (config, value) = (Expression.Parameter(typeof(DesignConfig)), Expression.Parameter(typeof(object)));
        _set = Expression.Lambda<Action<DesignConfig, object>>(
            Expression.Call(
                Expression.Property(config, section.Property), key.Property.SetMethod!,
                Expression.Convert(value, key.Property.PropertyType)),
            config, value).Compile();
    }

    /// <summary>All but the name of the design.</summary>
    public static IReadOnlyList<DesignKey> All { get; } =
        [.. RecordShape.Design.Keys.SelectMany(s => (s.Nested?.Keys ?? []).Select(key => new DesignKey(s, key)))];

    public string Path => _key.Path;

    /// <summary>What it means.</summary>
    public string Description => _key.Setting?.Description ?? "";

    /// <summary>What a value must be.</summary>
    public string Rule => _key.Words.Count > 0
        ? $"must be one of {string.Join(", ", _key.Words)}."
        : $"must be a whole number, {_key.Setting?.Minimum} to {_key.Setting?.Maximum}.";

    /// <summary>What a value may be, as JSON Schema.</summary>
    public JsonObject Schema() => DesignSchema.Key(_key, defaults: null);

    /// <summary>A value as a file has it; null where <see cref="Rule"/> is broken.</summary>
    public object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when _key.Words.Count == 0 && value.TryGetInt32(out var number)
            && number >= _key.Setting?.Minimum && number <= _key.Setting?.Maximum => number,
        JsonValueKind.String when _key.Words.Contains(value.GetString() ?? "") =>
            Enum.GetValues(_key.Property.PropertyType).GetValue(_key.Words.ToList().IndexOf(value.GetString() ?? "")),
        _ => null,
    };

    /// <summary>A value as a file has it.</summary>
    public static JsonNode? Write(object value) => DesignFile.Value(value);

    /// <summary>The value of a configuration.</summary>
    public object Of(DesignConfig config) => _key.Property.GetValue(_section.Property.GetValue(config))!;

    /// <summary>As files spell it.</summary>
    public string Spell(object value) => value is Enum word ? RecordShape.Word(word) : $"{value}";

    /// <summary>A configuration with these values; the given one stays as it is.</summary>
    public static DesignConfig With(DesignConfig config, IEnumerable<(DesignKey Key, object Value)> values)
    {
        var changed = config with
        {
            Similarity = config.Similarity with { }, Matching = config.Matching with { }, Tile = config.Tile with { },
            Rescale = config.Rescale with { }, Memories = config.Memories with { },
        };
        foreach (var (key, value) in values)
            key._set(changed, value);
        return changed;
    }
}
