using System.Buffers;
using LutDla.Boundary;

namespace LutDla.Exploration.Liberty;

/// <summary>Reads the syntax of a Liberty file; knows nothing about cells.</summary>
/// <param name="file">For messages.</param>
internal sealed class LibertyParser(string file, string text)
{
    private const int DeepestGroup = 16; // library, cell, pin, timing, table: real files stop at 6

    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\n(){}:;,\"\\");

    // Each becomes an object, and a few letters ask for one; that of sky130 has 26,000.
    private const int MostGroups = 1_000_000;

    private int _at;
    private int _groups;

    /// <exception cref="InvalidInputException">The text is no Liberty file; names the line.</exception>
    public LibertyGroup Parse()
    {
        SkipBlanks();
        var start = _at;
        var library = Word();
        if (library != "library")
            throw Fault("A Liberty file begins with library (NAME) {.");
        return Group(library, Arguments(), start, depth: 0);
    }

    private LibertyGroup Group(string name, IReadOnlyList<string> arguments, int start, int depth)
    {
        if (depth > DeepestGroup)
            throw Fault("Groups are nested too deep.");
        if (++_groups > MostGroups)
            throw Fault($"There may be at most {MostGroups} groups.");
        Expect('{');
        var group = new LibertyGroup(name, arguments, start);
        while (!Take('}'))
            Statement(group, depth);
        group.End = _at;
        return group;
    }

    private void Statement(LibertyGroup group, int depth)
    {
        if (Take(';'))
            return;
        var start = _at;
        var name = Word();
        if (Take(':'))
        {
            group.Attributes[name] = Value();
            return;
        }

        var arguments = Arguments();
        SkipBlanks();
        if (_at < text.Length && text[_at] == '{')
            group.Groups.Add(Group(name, arguments, start, depth + 1));
        else
            group.Lists[name] = arguments;
    }

    private List<string> Arguments()
    {
        Expect('(');
        var arguments = new List<string>();
        while (!Take(')'))
        {
            if (!Take(','))
                arguments.Add(Word());
        }

        return arguments;
    }

    // A value without quotes ends with its line where the semicolon was forgotten, as all tools read it.
    private string Value()
    {
        SkipBlanks();
        if (_at < text.Length && text[_at] == '"')
            return Word();
        var end = text.AsSpan(_at).IndexOfAny(';', '\n', '}');
        if (end < 0)
            throw Fault("A value has no end.");
        var value = text.AsSpan(_at, end).Trim().ToString();
        _at += end;
        return value;
    }

    private string Word()
    {
        SkipBlanks();
        var start = _at;
        if (_at < text.Length && text[_at] == '"')
        {
            var length = text.AsSpan(start + 1).IndexOf('"');
            if (length < 0)
                throw Fault("A quote is not closed.");
            _at = start + length + 2;
            return text.Substring(start + 1, length);
        }

        var end = text.AsSpan(start).IndexOfAny(WordEnds);
        _at = end < 0 ? text.Length : start + end;
        return _at > start ? text[start.._at] : throw Fault("A word is missing.");
    }

    private bool Take(char wanted)
    {
        SkipBlanks();
        if (_at >= text.Length)
            throw Fault("The file ends inside a group.");
        if (text[_at] != wanted)
            return false;
        _at++;
        return true;
    }

    private void Expect(char wanted)
    {
        if (!Take(wanted))
            throw Fault($"'{wanted}' is missing.");
    }

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(text[_at]) || text[_at] == '\\')
                _at++;
            else if (text.AsSpan(_at).StartsWith("/*", StringComparison.Ordinal))
                SkipTo("*/");
            else if (text.AsSpan(_at).StartsWith("//", StringComparison.Ordinal))
                SkipTo("\n");
            else
                return;
        }
    }

    private void SkipTo(string end)
    {
        var length = text.AsSpan(_at).IndexOf(end, StringComparison.Ordinal);
        _at = length < 0 ? text.Length : _at + length + end.Length;
    }

    private InvalidInputException Fault(string rule)
    {
        var line = 1 + text.AsSpan(0, Math.Min(_at, text.Length)).Count('\n');
        var found = text.Substring(Math.Min(_at, text.Length), Math.Min(20, text.Length - Math.Min(_at, text.Length)))
            .ReplaceLineEndings(" ");
        return new InvalidInputException(file, $"line {line}", found, rule, "Give a Liberty timing library (.lib or .lib.gz).");
    }
}
