using System.Globalization;
using LutDla.Boundary;

namespace LutDla.Golden.Rules;

/// <summary>Collects what is wrong with one artefact, so that everything is reported at once.</summary>
internal sealed class ProblemList(string file)
{
    public const string ConvertAgain = "Convert the network again, or correct the exporter.";

    private readonly List<InputProblem> _problems = [];

    public IReadOnlyList<InputProblem> Problems => _problems;

    public void Add(string key, string value, string rule, string mend = ConvertAgain) =>
        _problems.Add(new InputProblem(file, key, value, rule, mend));

    /// <summary>True if <paramref name="value"/> lies in the range; else adds a problem.</summary>
    public bool InRange(string key, long value, long minimum, long maximum, string unit)
    {
        if (value >= minimum && value <= maximum)
            return true;
        Add(key, value.ToString(CultureInfo.InvariantCulture), $"It must be {minimum} to {maximum} {unit}.");
        return false;
    }

    /// <summary>True if <paramref name="value"/> is one of the enum's members; else adds a problem.</summary>
    public bool IsDefined<T>(string key, T value)
        where T : struct, Enum
    {
        if (Enum.IsDefined(value))
            return true;
        Add(key, value.ToString(), $"It must be one of {string.Join(", ", Enum.GetNames<T>())}.");
        return false;
    }

    public bool IsOrdered(string key, int minimum, int maximum)
    {
        if (minimum <= maximum)
            return true;
        Add(key, $"{minimum} to {maximum}", "The lower clamp must not lie above the upper clamp.");
        return false;
    }
}
