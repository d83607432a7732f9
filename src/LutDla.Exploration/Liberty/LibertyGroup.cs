namespace LutDla.Exploration.Liberty;

/// <summary>A group of a Liberty file: <c>name (arguments) { attribute : value; group (...) { ... } }</c>.</summary>
/// <param name="start">Offset of its first character in the text.</param>
internal sealed class LibertyGroup(string name, IReadOnlyList<string> arguments, int start)
{
    public string Name => name;

    public IReadOnlyList<string> Arguments => arguments;

    public int Start => start;

    /// <summary>Offset after its closing brace.</summary>
    public int End { get; set; }

    /// <summary>Simple attributes, quotes removed; of a repeated one the last.</summary>
    public Dictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Attributes with arguments, as <c>values ("1, 2", "3, 4")</c>, quotes removed; of a repeated one the last.</summary>
    public Dictionary<string, IReadOnlyList<string>> Lists { get; } = new(StringComparer.Ordinal);

    public List<LibertyGroup> Groups { get; } = [];

    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    public bool IsTrue(string attribute) => this[attribute] == "true";

    public IEnumerable<LibertyGroup> GroupsNamed(params IReadOnlyList<string> names) => Groups.Where(g => names.Contains(g.Name));
}
