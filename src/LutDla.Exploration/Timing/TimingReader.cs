using System.Globalization;
using System.Text.RegularExpressions;

namespace LutDla.Exploration.Timing;

/// <summary>Reads what <see cref="TimingScript"/> lets OpenSTA print.</summary>
internal static partial class TimingReader
{
    /// <param name="modules">Names of the modules by the numbers that the script was given.</param>
    public static IEnumerable<TimingPath> Paths(string output, IReadOnlyList<string> modules) =>
        output.Split(TimingScript.ModuleMark).Skip(1)
        .Select(text => (Module: text.Split('\n', 2)[0].Trim(), Path: Path().Match(text)))
        .Where(part => part.Path.Success)
        .Select(part => new TimingPath(
            modules[int.Parse(part.Module, CultureInfo.InvariantCulture)],
            part.Path.Groups["from"].Value,
            part.Path.Groups["to"].Value,
            Number(part.Path.Groups["arrival"]),
            Number(part.Path.Groups["slack"]),
            Stages(part.Path.Value).MaxBy(s => s.Nanoseconds)));

    private static IEnumerable<TimingStage> Stages(string path) => Stage().Matches(path).Select(m => new TimingStage(
        m.Groups["cell"].Value,
        m.Groups["type"].Value,
        m.Groups["net"].Value,
        m.Groups["fanout"].Success ? int.Parse(m.Groups["fanout"].ValueSpan, CultureInfo.InvariantCulture) : 0,
        m.Groups["load"].Success ? Number(m.Groups["load"]) : 0,
        Number(m.Groups["delay"])));

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"Startpoint: (?<from>\S+).*?Endpoint: (?<to>\S+).*?(?<arrival>[-\d.]+)\s+data arrival time.*?(?<slack>[-\d.]+)\s+slack",
        RegexOptions.Singleline)]
    private static partial Regex Path();

    // Delay, time and output pin; on the line behind it fan-out, capacitance and name of the net.
    [GeneratedRegex(
        @"^\s*(?<delay>-?[\d.]+)\s+-?[\d.]+ [v^] (?<cell>\S+)/[^/\s]+ \((?<type>\S+)\)\s*\n"
            + @"(\s*(?<fanout>\d+)\s+(?<load>[\d.]+)\s+(?<net>\S+) \(net\))",
        RegexOptions.Multiline)]
    private static partial Regex Stage();
}
