using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LutDla.Fuzz.Mutations;

/// <summary>Changes values, keys and structure of JSON.</summary>
internal static class JsonMutation
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="FormatException">It is no JSON.</exception>
    public static byte[] Apply(byte[] file, Random random) => Encoding.UTF8.GetBytes(Apply(Encoding.UTF8.GetString(file), random));

    /// <inheritdoc cref="Apply(byte[], Random)"/>
    public static string Apply(string json, Random random)
    {
        if (random.Next(12) == 0)
            return Surrounded(json, random);
        try
        {
            if (JsonNode.Parse(json, documentOptions: Lenient) is not { } root)
                return Surrounded(json, random);
            Change(root, random);
            return root.ToJsonString();
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException("This is no JSON, has a key twice, or a text that is none.", e);
        }
    }

    /// <summary>Changes one value somewhere below a node.</summary>
    public static void Change(JsonNode root, Random random)
    {
        JsonNode[] containers = [.. Containers(root)];
        if (containers.Length == 0)
            return;
        switch (Hostile.Pick(random, containers))
        {
            case JsonObject { Count: > 0 } owner:
                Change(owner, random);
                break;
            case JsonArray array:
                Change(array, random);
                break;
            case JsonObject empty:
                empty["x"] = Value(random);
                break;
        }
    }

    private static void Change(JsonObject owner, Random random)
    {
        var key = Hostile.Pick(random, [.. owner.Select(p => p.Key)]);
        switch (random.Next(6))
        {
            case 0:
                owner.Remove(key);
                break;
            case 1:
                owner[Hostile.Text(random)] = owner[key]?.DeepClone();
                break;
            default:
                owner[key] = Instead(owner[key], random);
                break;
        }
    }

    private static void Change(JsonArray array, Random random)
    {
        var at = random.Next(array.Count + 1);
        if (at == array.Count)
            array.Add(array.Count > 0 && random.Next(2) == 0 ? array[0]?.DeepClone() : Value(random));
        else if (random.Next(3) == 0)
            array.RemoveAt(at);
        else
            array[at] = Instead(array[at], random);
    }

    // A whole number is often only moved a little: what is still legal goes deeper.
    private static JsonNode? Instead(JsonNode? value, Random random) =>
        random.Next(2) == 0 && value is JsonValue number && number.TryGetValue<long>(out var whole) && Math.Abs(whole) < int.MaxValue
            ? JsonValue.Create(random.Next(4) switch { 0 => whole + 1, 1 => whole - 1, 2 => whole * 2, _ => whole / 2 })
            : Value(random);

    private static JsonNode? Value(Random random) => random.Next(9) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(Hostile.Text(random)),
        3 => new JsonArray(),
        4 => new JsonObject(),
        5 => JsonNode.Parse(Hostile.Pick(random, ["1e999", "-1e999", "0.5", "1e-400", "123456789012345678901234567890", "1E+2", "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]"])),
        _ => JsonValue.Create(Hostile.Integer(random)),
    };

    private static string Surrounded(string json, Random random) => random.Next(5) switch
    {
        0 => json + json,
        1 => $"[{json}]",
        2 => "\uFEFF" + json,
        3 => json.Replace(":", ":: ", StringComparison.Ordinal),
        _ => string.Concat(Enumerable.Repeat("[", 5000)) + json,
    };

    private static IEnumerable<JsonNode> Containers(JsonNode node) => node switch
    {
        JsonObject owner => owner.Select(p => p.Value).OfType<JsonNode>().SelectMany(Containers).Prepend(node),
        JsonArray array => array.OfType<JsonNode>().SelectMany(Containers).Prepend(node),
        _ => [],
    };
}
