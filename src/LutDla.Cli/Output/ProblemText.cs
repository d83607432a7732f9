using System.Globalization;
using LutDla.Boundary;

namespace LutDla.Cli.Output;

/// <summary>
/// Problems of input as text, at most a screenful whatever a file holds: what many problems have in common is said once, with examples.
/// </summary>
internal static class ProblemText
{
    /// <summary>As many problems of one kind are told one by one.</summary>
    private const int FewOfOneKind = 2;

    /// <summary>Of a kind with more, the others that are named besides the first one.</summary>
    private const int Examples = 3;

    /// <summary>Problems, or kinds of problems, that are told; of three or four lines each.</summary>
    private const int Entries = 8;

    /// <summary>Characters of a text; a file may hold names of any length.</summary>
    private const int LongestText = 600;

    private const int LongestExample = 80;

    /// <summary>Lines, and whether each is the head of a problem.</summary>
    public static IEnumerable<(string Line, bool IsHead)> Of(IReadOnlyList<InputProblem> problems)
    {
        var entries = ProblemKind.Of(problems).SelectMany(InEntries).ToList();
        foreach (var kind in entries.Take(Entries))
        {
            var first = kind.Problems[0];
            yield return (Cut($"{first.File}: {first.Key} = {first.Value}", LongestText), true);
            yield return ($"    {Cut(first.Rule, LongestText)}", false);
            yield return ($"    {Cut(first.Mend, LongestText)}", false);
            if (kind.Problems.Length > 1) yield return ($"    Likewise: {Others(kind)}", false);
        }

        var left = entries.Skip(Entries).Sum(kind => kind.Problems.Length);
        if (left > 0) yield return ($"and {Count(left)} more of other kinds", true);
        if (problems.Count > 1) yield return ($"{Count(problems.Count)} problems", true);
    }

    private static IEnumerable<ProblemKind> InEntries(ProblemKind kind) =>
        kind.Problems.Length > FewOfOneKind ? [kind] : kind.Problems.Select(problem => new ProblemKind([problem]));

    private static string Others(ProblemKind kind)
    {
        var named = kind.Problems.Skip(1).Take(Examples).Select(problem => Cut($"{problem.Key} = {problem.Value}", LongestExample));
        var more = kind.Problems.Length - 1 - Examples;
        return string.Join(", ", more > 0 ? named.Append($"and {Count(more)} more of this kind") : named);
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : $"{text[..longest]}...";

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
