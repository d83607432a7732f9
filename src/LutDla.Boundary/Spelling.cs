namespace LutDla.Boundary;

/// <summary>Finds what a mistyped word was meant to be.</summary>
public static class Spelling
{
    /// <summary>The known word with the fewest edits, if these are at most a third of the letters; otherwise null.</summary>
    public static string? Nearest(string word, IEnumerable<string> known) => known
        .Select(candidate => (Candidate: candidate, Edits: Edits(word, candidate)))
        .Where(c => c.Edits <= Math.Max(1, c.Candidate.Length / 3))
        .OrderBy(c => c.Edits).ThenBy(c => c.Candidate, StringComparer.Ordinal)
        .Select(c => c.Candidate)
        .FirstOrDefault();

    /// <summary>"Did you mean …?", or <paramref name="otherwise"/> where no known word is near.</summary>
    public static string Suggest(string word, IEnumerable<string> known, string otherwise) =>
        Nearest(word, known) is { } nearest ? $"Did you mean {nearest}?" : otherwise;

    // Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static int Edits(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            edits[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            edits[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                edits[i, j] = Math.Min(
                    Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1,
                    edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }

        return edits[a.Length, b.Length];
    }
}
