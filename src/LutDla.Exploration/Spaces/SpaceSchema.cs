using System.Text.Json;
using System.Text.Json.Nodes;
using LutDla.Hardware.Configuration;

namespace LutDla.Exploration.Spaces;

/// <summary>The published JSON Schema of spaces (docs/space.schema.json).</summary>
public static class SpaceSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The whole file. Editors that know JSON Schema complete keys and underline faults with it.</summary>
    public static string Text() => new JsonObject
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "LutDla space of designs",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray("design", "vary", "objectives"),
        ["properties"] = new JsonObject
        {
            ["$schema"] = new JsonObject { ["type"] = "string" },
            ["design"] = Described(new() { ["type"] = new JsonArray("string", "object") },
                "What all designs have in common: a design file, from the folder of this one, or the design itself."),
            ["vary"] = Described(Members(DesignKey.All.Select(key => KeyValuePair.Create(key.Path, Axis(key)))),
                "Values that are free, and what each may be. Every combination is a point."),
            ["limits"] = Described(Members(Quantities.All.Select(q => KeyValuePair.Create(q.Word(), Limit(q)))), "What a point must keep."),
            ["objectives"] = Described(
                new()
                {
                    ["type"] = "array", ["minItems"] = 1, ["uniqueItems"] = true,
                    ["items"] = new JsonObject { ["enum"] = new JsonArray([.. Quantities.All.Select(q => (JsonNode?)q.Word())]) },
                },
                "What makes a point better than another; several make a front."),
        },
    }.ToJsonString(Indented) + "\n";

    private static JsonObject Members(IEnumerable<KeyValuePair<string, JsonObject>> members) => new()
    {
        ["type"] = "object", ["additionalProperties"] = false,
        ["properties"] = new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))),
    };

    private static JsonObject Axis(DesignKey key) => new()
    {
        ["type"] = "array", ["minItems"] = 1, ["maxItems"] = SpaceFile.MostValues, ["uniqueItems"] = true, ["items"] = key.Schema(),
    };

    private static JsonObject Limit(Quantity quantity) => Described(
        new() { ["type"] = "number" }, quantity.IsBetterLarge() ? "The least." : "The most.");

    private static JsonObject Described(JsonObject schema, string description)
    {
        schema.Insert(0, "description", description);
        return schema;
    }
}
