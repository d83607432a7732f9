using System.Text.RegularExpressions;

namespace LutDla.Cosim.Tests.Mutation;

/// <summary>An expression of a module that may differ from run to run: no parameter, no condition of a generate block.</summary>
/// <param name="Target">What takes its value; nothing of a condition.</param>
/// <param name="IsRegistered">Whether the target holds its value where none is given.</param>
internal sealed record VerilogExpression(int Start, int Length, string Target, bool IsRegistered)
{
    public int End => Start + Length;
}

/// <summary>Finds the expressions of a file in the style of our templates: assignments, initialised wires and conditions.</summary>
internal static partial class VerilogExpressions
{
    /// <summary>In the order of the file.</summary>
    public static IEnumerable<VerilogExpression> Of(string text)
    {
        var code = Comments().Replace(text, comment => new string(' ', comment.Length));
        return ((Regex[])[Assignment(), Wire(), NonBlocking(), Blocking()])
            .SelectMany(pattern => pattern.Matches(code).Select(match => (pattern, match)))
            .Select(m => new VerilogExpression(
                m.match.Groups["value"].Index, m.match.Groups["value"].Length, m.match.Groups["target"].Value,
                m.match.Groups["held"].Success))
            .Concat(Conditions(code))
            .GroupBy(e => e.Start).Select(e => e.First()) // a wire's value may look like an assignment
            .OrderBy(e => e.Start);
    }

    // Those of generate blocks are followed by a block's name.
    private static IEnumerable<VerilogExpression> Conditions(string code)
    {
        foreach (Match match in If().Matches(code))
        {
            var (start, end, depth) = (match.Index + match.Length, match.Index + match.Length, 1);
            for (; depth > 0; end++)
                depth += code[end] == '(' ? 1 : code[end] == ')' ? -1 : 0;
            if (!BlockName().IsMatch(code.AsSpan(end)))
                yield return new(start, end - 1 - start, "", IsRegistered: false);
        }
    }

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|\(\*.*?\*\)", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\bassign\s+(?<target>[^=;]+?)\s*=\s*(?<value>[^;]+);")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\bwire\s+(?:signed\s+)?(?:\[[^\]]*\]\s*)?(?<target>\w+)\s*=\s*(?<value>[^;]+);")]
    private static partial Regex Wire();

    [GeneratedRegex(
        @"(?<=^\s*(?:(?:else\s+)?if \([^;\n]*\)\s+|else\s+|always @\(posedge clk_i\)\s+)?)"
            + @"(?<target>\w+(?:\[[^\]]*\])?)\s*(?<held><=)\s*(?<value>[^;]+);",
        RegexOptions.Multiline)]
    private static partial Regex NonBlocking();

    [GeneratedRegex(@"(?<=^\s*(?:if \([^;\n]*\)\s+)?)(?<target>\w+(?:\[[^\]\n]*\])?)\s*=\s*(?<value>[^;=][^;]*);", RegexOptions.Multiline)]
    private static partial Regex Blocking();

    [GeneratedRegex(@"\bif \(")]
    private static partial Regex If();

    [GeneratedRegex(@"\A\s*begin\s*:")]
    private static partial Regex BlockName();
}
