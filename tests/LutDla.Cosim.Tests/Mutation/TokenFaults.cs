using System.Text.RegularExpressions;

namespace LutDla.Cosim.Tests.Mutation;

/// <summary>
/// What a slip of the pen makes of an expression: one operator or constant for another, a negation lost, a value not taken.
/// </summary>
internal static partial class TokenFaults
{
    private static readonly Dictionary<string, string> Slips = new()
    {
        ["=="] = "!=", ["!="] = "==", ["<"] = "<=", [">"] = ">=", ["&&"] = "||", ["||"] = "&&", ["+"] = "-", ["-"] = "+",
        ["&"] = "|", ["|"] = "&", ["^"] = "&", ["!"] = "", ["~"] = "", ["1'b0"] = "1'b1", ["1'b1"] = "1'b0", [">>"] = "<<", ["<<"] = ">>",
    };

    /// <summary>Every faulty form of an expression.</summary>
    public static IEnumerable<string> Of(VerilogExpression expression, string text)
    {
        if (expression.Target.Length == 0)
            yield return $"!({text})";
        if (expression.IsRegistered)
            yield return expression.Target;
        foreach (Match token in Tokens().Matches(text))
        {
            if (Slips.TryGetValue(token.Value, out var slip) && IsVariable(text, token.Index)
                && !(slip is "-" or "+" && IsSign(text, token.Index)))
                yield return text[..token.Index] + slip + text[(token.Index + token.Length)..];
        }
    }

    // Bounds of selects and counts of replications must stay constant.
    private static bool IsVariable(string text, int index)
    {
        var depth = 0;
        foreach (var c in text.AsSpan(0, index))
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        var brace = text.LastIndexOfAny(['{', '}', ','], index);
        var next = text.IndexOfAny(['{', '}', ','], index);
        return depth == 0 && !(brace >= 0 && text[brace] == '{' && next >= 0 && text[next] == '{');
    }

    private static bool IsSign(string text, int index) =>
        text[..index].TrimEnd() is "" || "(?:=<>&|+-*{,".Contains(text[..index].TrimEnd()[^1]);

    [GeneratedRegex(@"==|!=|<=|>=|&&|\|\||<<<|>>>|<<|>>|\+:|\d+'[bdh][0-9a-fA-F]+|[-+*&|^!~<>]|\w+")]
    private static partial Regex Tokens();
}
