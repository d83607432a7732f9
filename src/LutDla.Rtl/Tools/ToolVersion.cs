using System.Globalization;
using System.Text.RegularExpressions;

namespace LutDla.Rtl.Tools;

/// <summary>What a tool says when asked for its version.</summary>
/// <param name="Text">The first line.</param>
public sealed partial record ToolVersion(string Text)
{
    /// <summary>The first number in it that is not in parentheses, where distributors put theirs; nothing where there is none.</summary>
    public Version? Number => Digits().Match(Parentheses().Replace(Text, "")) is { Success: true } match
        ? new Version(Part(match, "major"), Part(match, "minor"), Part(match, "patch"))
        : null;

    private static int Part(Match match, string name) =>
        int.TryParse(match.Groups[name].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? part : 0;

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parentheses();

    [GeneratedRegex(@"(?<![\w.])(?<major>[0-9]{1,9})(\.(?<minor>[0-9]{1,9}))?(\.(?<patch>[0-9]{1,9}))?")]
    private static partial Regex Digits();
}
