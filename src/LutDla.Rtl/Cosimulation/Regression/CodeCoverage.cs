using System.Globalization;

namespace LutDla.Rtl.Cosimulation.Regression;

/// <summary>
/// How often lines ran and bits toggled, over all instances of a module, all seeds and all designs that have it, as Verilator counts
/// them. Points in files that several designs render differently are told apart by the name of the file.
/// </summary>
public sealed class CodeCoverage
{
    private const char Separator = '\u0001';
    private const char Value = '\u0002';

    private readonly Dictionary<CodePoint, long> _counts = [];

    /// <summary>All points in the order of files and lines, with how often each was met.</summary>
    public IEnumerable<(CodePoint Point, long Times)> Points => _counts
        .OrderBy(c => c.Key.File, StringComparer.Ordinal).ThenBy(c => c.Key.Line).ThenBy(c => c.Key.What, StringComparer.Ordinal)
        .Select(c => (c.Key, c.Value));

    /// <summary>Adds what one run wrote: lines of <c>C 'KEY' COUNT</c>.</summary>
    public void Add(string file)
    {
        foreach (var line in File.ReadLines(file).Where(l => l.StartsWith("C '", StringComparison.Ordinal)))
        {
            var end = line.LastIndexOf('\'');
            var point = Point(line[3..end]);
            _counts[point] = _counts.GetValueOrDefault(point) + long.Parse(line.AsSpan(end + 1), CultureInfo.InvariantCulture);
        }
    }

    // Fields are separated and split by control characters: f file, l line, o what, page kind/module.
    private static CodePoint Point(string key)
    {
        var fields = key.Split(Separator, StringSplitOptions.RemoveEmptyEntries)
            .Select(field => field.Split(Value, 2))
            .ToDictionary(field => field[0], field => field[1], StringComparer.Ordinal);
        var kind = fields["page"].StartsWith("v_toggle", StringComparison.Ordinal) ? CodePointKind.Bit : CodePointKind.Line;
        return new CodePoint(kind, fields["f"], int.Parse(fields["l"], CultureInfo.InvariantCulture), fields["o"]);
    }
}
