using System.Text;
using System.Text.RegularExpressions;

namespace LutDla.Fuzz.Mutations;

/// <summary>Changes words, numbers and marks of a text.</summary>
internal static partial class TextMutation
{
    public static byte[] Apply(byte[] file, Random random)
    {
        List<string> parts = [.. Part().Matches(Encoding.UTF8.GetString(file)).Select(m => m.Value)];
        if (parts.Count == 0)
            throw new FormatException("There is no text.");
        var at = random.Next(parts.Count);
        switch (random.Next(6))
        {
            case 0:
                parts.RemoveAt(at);
                break;
            case 1:
                parts.Insert(at, parts[random.Next(parts.Count)]);
                break;
            case 2:
                parts[at] = Hostile.Text(random);
                break;
            case 3:
                parts[at] = Hostile.Pick(random, ["{", "}", "(", ")", ";", ":", ",", "\"", "\n", "/*", "//", "\\", "\"\"", "\0"]);
                break;
            case 4:
                var end = Math.Min(parts.Count, at + random.Next(1, 20));
                parts.InsertRange(at, parts[at..end]);
                break;
            default:
                parts[at] = $"{(random.Next(2) == 0 ? Hostile.Integer(random) : Hostile.Real(random))}";
                break;
        }

        return Encoding.UTF8.GetBytes(string.Concat(parts));
    }

    [GeneratedRegex(@"\w+|\s+|.", RegexOptions.Singleline)]
    private static partial Regex Part();
}
