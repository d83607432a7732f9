namespace LutDla.Hardware.Integration;

/// <summary>A rule that whoever drives a core must keep.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Name">One or two words in snake_case, as reports and documents call it.</param>
/// <param name="Text">One sentence for any core, without quotes and percent signs: a format string of the checker holds it.</param>
public sealed record UseRule(int Number, string Name, string Text)
{
    /// <summary>What the checker's text calls its number: keep_fits is KeepFits.</summary>
    public string Constant => string.Concat(Name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
