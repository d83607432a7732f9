using System.Globalization;

namespace LutDla.Exploration.Netlists;

/// <summary>What is connected to a port: a name, <c>name[i]</c>, <c>name[i:j]</c>, a constant, or a list of these in braces.</summary>
internal static class NetExpression
{
    /// <param name="ranges">Left and right index of the module's vectors.</param>
    /// <returns>Bits, the first one leftmost.</returns>
    public static IEnumerable<NetBit> Bits(string expression, IReadOnlyDictionary<string, (int Left, int Right)> ranges)
    {
        for (var at = 0; at < expression.Length;)
        {
            if (expression[at] is ' ' or ',' or '{' or '}')
            {
                at++;
                continue;
            }

            var name = NameAt(expression, at);
            at += name.Length;
            while (at < expression.Length && expression[at] == ' ')
                at++;
            var range = (Left: 0, Right: 0, IsGiven: false);
            if (at < expression.Length && expression[at] == '[')
            {
                var end = expression.IndexOf(']', at);
                range = Range(expression[(at + 1)..end]);
                at = end + 1;
            }
            else if (ranges.TryGetValue(name, out var declared))
            {
                range = (declared.Left, declared.Right, true);
            }

            if (!range.IsGiven)
                yield return new NetBit(name, null);
            else if (range.Left >= range.Right)
                for (var i = range.Left; i >= range.Right; i--)
                    yield return new NetBit(name, i);
            else
                for (var i = range.Left; i <= range.Right; i++)
                    yield return new NetBit(name, i);
        }
    }

    public static string Of(IReadOnlyList<NetBit> bits) => bits.Count == 1 ? $"{bits[0]}" : $"{{ {string.Join(", ", bits)} }}";

    /// <summary>The name that begins at a place of a line; an escaped one ends with a blank.</summary>
    public static string NameAt(string line, int at)
    {
        var end = at + 1;
        if (line[at] == '\\')
        {
            while (end < line.Length && line[end] != ' ')
                end++;
        }
        else
        {
            while (end < line.Length && (char.IsLetterOrDigit(line[end]) || line[end] is '_' or '$' or '\''))
                end++;
        }

        return line[at..end];
    }

    private static (int Left, int Right, bool IsGiven) Range(string text)
    {
        var numbers = text.Split(':');
        return (int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[^1], CultureInfo.InvariantCulture), true);
    }
}
