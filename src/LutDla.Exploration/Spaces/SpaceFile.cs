using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LutDla.Boundary;
using LutDla.Hardware.Configuration;

namespace LutDla.Exploration.Spaces;

/// <summary>Reads a space of designs from JSON and tells all faults at once.</summary>
public static class SpaceFile
{
    private const int LargestBytes = 1 << 20;
    /// <summary>Of an axis.</summary>
    public const int MostValues = 256;

    private const string Mend = "docs/space.schema.json says what a space file has.";

    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static readonly string[] Keys = ["$schema", "design", "vary", "limits", "objectives"];

    /// <exception cref="InvalidInputException">It cannot be read, or breaks a rule; holds all that it breaks.</exception>
    public static DesignSpace Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                InputFile.Find(path, LargestBytes)
                ?? throw new InvalidInputException(path, "size", $"over {LargestBytes} bytes", "A space file is smaller.", Mend), Options);
            return new Reader(path).Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(path, "JSON", "not readable", e.Message, "Comments and trailing commas are allowed.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(path, "file", "unreadable", e.Message, "Name a space file.");
        }
    }

    /// <summary>A space that has been read, as text that says all of it: equal spaces have equal texts.</summary>
    public static string Format(DesignSpace space) => new JsonObject
    {
        ["design"] = JsonNode.Parse(DesignFile.Format(space.Base)),
        ["vary"] = new JsonObject(space.Axes.Select(axis => KeyValuePair.Create(axis.Key.Path, (JsonNode?)new JsonArray(
            [.. axis.Values.Select(value => DesignKey.Write(value))])))),
        ["limits"] = new JsonObject(space.Limits.Select(limit => KeyValuePair.Create(
            limit.Quantity.Word(), (JsonNode?)JsonValue.Create(limit.Bound)))),
        ["objectives"] = new JsonArray([.. space.Objectives.Select(objective => (JsonNode?)objective.Word())]),
    }.ToJsonString();

    /// <summary>What <see cref="Format"/> gave.</summary>
    /// <param name="file">The name that problems carry.</param>
    /// <exception cref="InvalidInputException">It is not that.</exception>
    public static DesignSpace Parse(string file, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return new Reader(file).Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(file, "space", "not readable", e.Message, "Explore again.");
        }
    }

    private sealed class Reader(string file)
    {
        private readonly List<InputProblem> _problems = [];

        public DesignSpace Read(JsonElement root)
        {
            if (root.ValueKind != JsonValueKind.Object)
                throw new InvalidInputException(file, "(whole file)", Shown(root), "must be an object in braces.", Mend);
            foreach (var key in root.EnumerateObject().Where(p => !Keys.Contains(p.Name)))
                Add(key.Name, Shown(key.Value), "is no known key.", Spelling.Suggest(key.Name, Keys, Mend));
            var design = Design(root);
            DesignAxis[] axes = [.. Members(root, "vary", isRequired: true).Select(Axis).OfType<DesignAxis>()];
            Limit[] limits = [.. Members(root, "limits", isRequired: false).Select(Limit).OfType<Limit>()];
            Quantity[] objectives = [.. Objectives(root)];
            if (objectives is [Quantity.AccuracyDrop])
                Add("objectives", "accuracy_drop alone", "must have another one: accuracy tells formats apart, not designs.", Known(""));
            foreach (var twice in axes.GroupBy(a => a.Key.Path).Where(same => same.Count() > 1))
                Add($"vary.{twice.Key}", "twice", "stands here for the second time.", "Keep one of the two.");
            CheckCount(axes);
            return _problems.Count == 0 && design is not null
                ? new(design, axes, limits, objectives)
                : throw new InvalidInputException([.. _problems]);
        }

        // A file that lies where the space does, or the design itself.
        private DesignConfig? Design(JsonElement root)
        {
            root.TryGetProperty("design", out var design);
            try
            {
                switch (design.ValueKind)
                {
                    case JsonValueKind.String:
                        return DesignFile.Load(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file)) ?? "", design.GetString() ?? ""));
                    case JsonValueKind.Object:
                        return DesignFile.Parse($"{file}: design", Encoding.UTF8.GetBytes(design.GetRawText()));
                    default:
                        Add("design", Shown(design), "must name a design file, from the folder of this file.", "Such as \"edge.json\".");
                        return null;
                }
            }
            catch (InvalidInputException e)
            {
                _problems.AddRange(e.Problems);
                return null;
            }
        }

        private DesignAxis? Axis(JsonProperty member)
        {
            var path = $"vary.{member.Name}";
            if (DesignKey.All.FirstOrDefault(k => k.Path == member.Name) is not { } key)
            {
                Add(path, Shown(member.Value), "is no value of a design.",
                    Spelling.Suggest(member.Name, DesignKey.All.Select(k => k.Path), "docs/design.schema.json lists them."));
                return null;
            }

            if (member.Value.ValueKind != JsonValueKind.Array || member.Value.GetArrayLength() is 0 or > MostValues)
            {
                Add(path, Shown(member.Value), $"must be a list of 1 to {MostValues} values.", key.Description);
                return null;
            }

            var values = new List<object>();
            foreach (var (i, element) in member.Value.EnumerateArray().Index())
            {
                if (key.Read(element) is not { } value)
                    Add($"{path}[{i}]", Shown(element), key.Rule, key.Description);
                else if (values.Contains(value))
                    Add($"{path}[{i}]", Shown(element), "must be listed once.", "Leave it out.");
                else
                    values.Add(value);
            }

            return new(key, values);
        }

        private Limit? Limit(JsonProperty member)
        {
            if (Find(member.Name) is not { } quantity)
            {
                Add($"limits.{member.Name}", Shown(member.Value), "is no quantity.", Known(member.Name));
                return null;
            }

            if (member.Value.ValueKind == JsonValueKind.Number && member.Value.GetDouble() is var bound && double.IsFinite(bound))
                return new(quantity, bound);
            Add($"limits.{member.Name}", Shown(member.Value), "must be a number.", quantity.IsBetterLarge() ? "The least." : "The most.");
            return null;
        }

        private IEnumerable<Quantity> Objectives(JsonElement root)
        {
            if (!root.TryGetProperty("objectives", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            {
                Add("objectives", Shown(list), "must be a list of at least one quantity.", Known(""));
                yield break;
            }

            var seen = new HashSet<Quantity>();
            foreach (var (i, element) in list.EnumerateArray().Index())
            {
                var word = element.ValueKind == JsonValueKind.String ? element.GetString() ?? "" : "";
                if (Find(word) is not { } quantity)
                    Add($"objectives[{i}]", Shown(element), "is no quantity.", Known(word));
                else if (!seen.Add(quantity))
                    Add($"objectives[{i}]", Shown(element), "must be listed once.", "Leave it out.");
                else
                    yield return quantity;
            }
        }

        private JsonElement.ObjectEnumerator Members(JsonElement root, string key, bool isRequired)
        {
            if (root.TryGetProperty(key, out var section) && section.ValueKind == JsonValueKind.Object)
                return section.EnumerateObject();
            if (isRequired || section.ValueKind != JsonValueKind.Undefined)
                Add(key, Shown(section), "must be an object in braces.", Mend);
            return default;
        }

        private void CheckCount(DesignAxis[] axes)
        {
            var count = 1.0;
            foreach (var axis in axes)
                count *= Math.Max(1, axis.Values.Count);
            if (count > long.MaxValue / 2.0)
                Add("vary", $"{count:G3} points", "must be fewer points than are counted in 62 bits.", "Vary less.");
        }

        private static Quantity? Find(string word) =>
            Quantities.All.Where(q => q.Word() == word).Select(q => (Quantity?)q).FirstOrDefault();

        private static string Known(string word)
        {
            var words = Quantities.All.Select(q => q.Word()).ToList();
            return Spelling.Suggest(word, words, $"Known: {string.Join(", ", words)}.");
        }

        private static string Shown(JsonElement value) => value.ValueKind == JsonValueKind.Undefined
            ? "(missing)"
            : value.GetRawText() is { Length: > 60 } text ? $"{text[..60]}..." : value.GetRawText();

        private void Add(string key, string value, string rule, string mend) => _problems.Add(new(file, key, value, rule, mend));
    }
}
