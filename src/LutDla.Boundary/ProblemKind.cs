using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace LutDla.Boundary;

/// <summary>Problems that are told together: those of one file that break the same rule, whatever names and numbers it is about.</summary>
/// <param name="Problems">In order; at least one.</param>
public sealed partial record ProblemKind(ImmutableArray<InputProblem> Problems)
{
    // A hostile name may be megabytes long.
    private const int LongestName = 200;

    /// <summary>Problems in kinds, each where its first one stands.</summary>
    public static ImmutableArray<ProblemKind> Of(IEnumerable<InputProblem> problems) =>
    [
        .. problems.GroupBy(problem => (Line().Replace(problem.File, ""), Pattern(problem, problem.Rule), Pattern(problem, problem.Mend)))
            .Select(kind => new ProblemKind([.. kind])),
    ];

    // What a problem is about stands in its texts, too, as do the numbers and shapes that its rule asks for.
    private static string Pattern(InputProblem problem, string text)
    {
        var names = new[] { problem.Key, problem.Value }.Where(name => name.Length is > 0 and < LongestName);
        foreach (var own in names.OrderByDescending(name => name.Length))
            text = Regex.Replace(text, $@"(?<!\w){Regex.Escape(own)}(?!\w)", "*");
        return Numbers().Replace(Lists().Replace(text, "[*]"), "*");
    }

    // Files of text are told with the line.
    [GeneratedRegex(@":\d+$")]
    private static partial Regex Line();

    [GeneratedRegex(@"\[[^\[\]]*\]")]
    private static partial Regex Lists();

    [GeneratedRegex(@"\d+([.,]\d+)*")]
    private static partial Regex Numbers();
}
