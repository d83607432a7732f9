using LutDla.Golden.Rules;
using LutDla.Networks.Graphs;

namespace LutDla.Networks.Onnx;

/// <summary>Names of operations as artefacts take them: letters, digits and _ . -, each once.</summary>
/// <param name="taken">Names that others have.</param>
internal sealed class LegalNames(params IEnumerable<string> taken)
{
    // Room for a number that tells equal names apart.
    private const int SpareLength = 8;

    private readonly HashSet<string> _taken = new([FloatGraph.InputName, .. taken], StringComparer.Ordinal);

    public string Next(string name)
    {
        var legal = Legal(name);
        var next = legal;
        for (var i = 2; !_taken.Add(next); i++) next = $"{legal}.{i}";
        return next;
    }

    /// <summary>The name with a _ for every character that is not legal, and cut to the length that is.</summary>
    public static string Legal(string name)
    {
        var letters = name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' ? c : '_')
            .Take(NetworkLimits.NameLength - SpareLength);
        return string.Concat(letters) is { Length: > 0 } legal && legal[0] is not ('.' or '-')
            ? legal
            : $"_{string.Concat(letters.Skip(1))}";
    }
}
