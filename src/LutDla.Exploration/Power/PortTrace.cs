using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Power;

/// <summary>Reads what the ports of a design did from a waveform (VCD) of Verilator, step by step; holds one step at a time.</summary>
internal static class PortTrace
{
    // Of the ports of the top, whatever that is.
    private const string Scope = "TOP";

    /// <returns>The ports that change in each step, most significant bit first; in the first all are there.</returns>
    /// <exception cref="ToolException">A line has another form.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string path)
    {
        using var lines = File.ReadLines(path).GetEnumerator();
        var ports = Ports(path, lines);
        var step = new Dictionary<string, string>(StringComparer.Ordinal);
        var isFirst = true;
        while (lines.MoveNext())
        {
            var line = lines.Current;
            if (line.StartsWith('#'))
            {
                if (!isFirst)
                    yield return step;
                (step, isFirst) = (new(StringComparer.Ordinal), false);
            }
            else if (Value(path, line) is var (bits, code) && ports.TryGetValue(code, out var port))
            {
                step[port.Name] = bits.PadLeft(port.Width, '0');
            }
        }

        if (!isFirst)
            yield return step;
    }

    private static Dictionary<string, (string Name, int Width)> Ports(string path, IEnumerator<string> lines)
    {
        var ports = new Dictionary<string, (string, int)>(StringComparer.Ordinal);
        var scopes = new Stack<string>();
        while (lines.MoveNext())
        {
            switch (lines.Current.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                case ["$scope", _, var name, ..]:
                    scopes.Push(name);
                    break;
                case ["$upscope", ..]:
                    scopes.Pop();
                    break;
                case ["$var", _, var width, var code, var name, ..] when scopes.TryPeek(out var scope) && scope == Scope:
                    ports[code] = (name, int.Parse(width, null));
                    break;
                case ["$enddefinitions", ..]:
                    return ports;
            }
        }

        throw new ToolException($"{path}: the waveform has no end of its definitions.");
    }

    // "0!" or "b0101 !"; a blank line says nothing.
    private static (string Bits, string Code)? Value(string path, string line) => line switch
    {
        "" => null,
        _ when line[0] is '0' or '1' => (line[..1], line[1..]),
        _ when line[0] == 'b' && line.IndexOf(' ') is > 1 and var blank => (line[1..blank], line[(blank + 1)..]),
        _ when line[0] == '$' => null,
        _ => throw new ToolException($"{path}: the waveform has a line of no known form: {line}"),
    };
}
