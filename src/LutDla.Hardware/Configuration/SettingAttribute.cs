namespace LutDla.Hardware.Configuration;

/// <summary>
/// What a value of a configuration means and which values it takes on its own: read by the rules, by the file reader's messages and
/// by the published JSON Schema. Rules between values are in <see cref="DesignRules"/>.
/// </summary>
/// <param name="description">One sentence for people, with the paper's symbol where it has one.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string description) : Attribute
{
    public string Description { get; } = description;

    /// <summary>The smallest whole number.</summary>
    public int Minimum { get; init; }

    /// <summary>The largest whole number.</summary>
    public int Maximum { get; init; }

    /// <summary>What the whole number counts: <c>bits</c>.</summary>
    public string Unit { get; init; } = "";

    /// <summary>A regular expression that a text matches.</summary>
    public string Pattern { get; init; } = "";
}
