using System.Text.Json.Nodes;

namespace LutDla.Hardware.Configuration;

/// <summary>The published JSON Schema (docs/design.schema.json), made from the record that the reader fills.</summary>
public static class DesignSchema
{
    /// <summary>The whole file. Editors that know JSON Schema complete keys and underline faults with it.</summary>
    public static string Text()
    {
        var schema = Section(RecordShape.Design);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "LutDla design configuration");
        (schema["properties"] as JsonObject)?.Insert(0, "$schema", new JsonObject { ["type"] = "string" });
        return DesignFile.Text(schema);
    }

    private static JsonObject Section(RecordShape shape)
    {
        var defaults = Activator.CreateInstance(shape.Type);
        return new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. shape.Keys.Where(k => k.IsRequired).Select(k => (JsonNode?)k.Name)]),
            ["properties"] = new JsonObject(shape.Keys.Select(k => KeyValuePair.Create(k.Name, (JsonNode?)Key(k, defaults)))),
        };
    }

    internal static JsonObject Key(RecordShape.KeyShape key, object? defaults)
    {
        if (key.Setting is not { } setting)
            return Section(key.Nested ?? throw new InvalidOperationException($"{key.Path} is neither a value nor a section."));
        var schema = new JsonObject { ["description"] = setting.Description };
        if (key.Words.Count > 0)
        {
            schema["enum"] = new JsonArray([.. key.Words.Select(w => (JsonNode?)w)]);
        }
        else if (key.Property.PropertyType == typeof(int))
        {
            schema["type"] = "integer";
            schema["minimum"] = setting.Minimum;
            schema["maximum"] = setting.Maximum;
        }
        else
        {
            schema["type"] = "string";
            schema["pattern"] = setting.Pattern;
        }

        if (!key.IsRequired && defaults is not null)
            schema["default"] = DesignFile.Value(key.Property.GetValue(defaults));
        return schema;
    }
}
