using System.IO.Enumeration;

namespace LutDla.Training.Formats;

/// <summary>Layers by name, as users choose them.</summary>
public static class LayerPattern
{
    /// <param name="pattern">A layer's name, in which * stands for any text and ? for one character.</param>
    public static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
