using System.Globalization;
using LutDla.Boundary;
using LutDla.Exploration.Liberty;

namespace LutDla.Exploration.Power;

/// <summary>
/// A table of a Liberty file: an energy or a time by the transition time of an input, the load of an output, or both. Between its
/// points it is linear. Beyond the last load it goes on linearly, as energies of loads do; transition times stop at the ends.
/// </summary>
internal sealed class LibertyTable
{
    private const string Mend = "Give the library of one corner as its maker delivers it.";
    private const int MostPoints = 100_000;

    private readonly double[] _slews;
    private readonly double[] _loads;
    private readonly double[] _values;

    private LibertyTable(double[] slews, double[] loads, double[] values) => (_slews, _loads, _values) = (slews, loads, values);

    /// <param name="file">For messages.</param>
    /// <param name="cell">For messages.</param>
    /// <param name="library">Has the templates that tables name.</param>
    /// <exception cref="InvalidInputException">It is no table of transition times and loads, or its numbers do not fit.</exception>
    public static LibertyTable Read(string file, string cell, LibertyGroup table, LibertyGroup library)
    {
        var template = table.Arguments is [var name, ..]
            ? library.GroupsNamed("lu_table_template", "power_lut_template")
                .FirstOrDefault(t => t.Arguments is [var own, ..] && own == name)
            : null;
        InvalidInputException Refuse(string key, string value, string rule) => new(file, $"{cell}.{table.Name}.{key}", value, rule, Mend);
        double[] Numbers(string key)
        {
            var lists = table.Lists.GetValueOrDefault(key) ?? template?.Lists.GetValueOrDefault(key) ?? [];
            string[] words = [.. lists.SelectMany(l => l.Split([',', ' ', '\t', '\r', '\n', '\\'], StringSplitOptions.RemoveEmptyEntries))];
            if (words.Length > MostPoints)
                throw Refuse(key, $"{words.Length} numbers", $"A table has at most {MostPoints}.");
            return [.. words.Select(w =>
                double.TryParse(w, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                    ? number
                    : throw Refuse(key, w.Length <= 40 ? w : w[..40], "A table has finite numbers."))];
        }

        var (slews, loads, slewFirst) = (Array.Empty<double>(), Array.Empty<double>(), true);
        for (var axis = 1; template?[$"variable_{axis}"] is { } variable; axis++)
        {
            var points = Numbers($"index_{axis}");
            if (points.Length == 0 || points.Zip(points.Skip(1)).Any(p => p.First >= p.Second))
                throw Refuse($"index_{axis}", $"{points.Length} numbers", "An index rises.");
            if (variable.EndsWith("_net_capacitance", StringComparison.Ordinal) && loads.Length == 0)
                (loads, slewFirst) = (points, axis > 1);
            else if (variable is "input_transition_time" or "input_net_transition" && slews.Length == 0)
                slews = points;
            else
                throw Refuse($"variable_{axis}", variable, "A table is one of an input's transition time and an output's load.");
        }

        (slews, loads) = (slews.Length == 0 ? [0] : slews, loads.Length == 0 ? [0] : loads);
        var values = Numbers("values");
        if (values.Length != slews.Length * loads.Length)
            throw Refuse("values", $"{values.Length} numbers", $"{slews.Length} times {loads.Length} are needed.");
        return new(slews, loads, slewFirst ? values : Transposed(values, loads.Length, slews.Length));
    }

    /// <param name="slew">Transition time in the unit of the library.</param>
    /// <param name="load">Capacitance in the unit of the library.</param>
    public double At(double slew, double load)
    {
        var (row, down) = Place(_slews, Math.Clamp(slew, _slews[0], _slews[^1]));
        var (column, across) = Place(_loads, load);
        double Row(int r) => _loads.Length == 1
            ? _values[r]
            : Between(_values[r * _loads.Length + column], _values[r * _loads.Length + column + 1], across);
        return _slews.Length == 1 ? Row(0) : Between(Row(row), Row(row + 1), down);
    }

    private static double Between(double a, double b, double share) => a + share * (b - a);

    // The interval, and how far into it; beyond the ends more than 1 or less than 0.
    private static (int Index, double Share) Place(double[] points, double at)
    {
        if (points.Length == 1)
            return (0, 0);
        var found = Array.BinarySearch(points, at);
        var index = Math.Clamp(found >= 0 ? found : ~found - 1, 0, points.Length - 2);
        return (index, (at - points[index]) / (points[index + 1] - points[index]));
    }

    private static double[] Transposed(double[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, values.Length).Select(k => values[k % rows * columns + k / rows])];
}
