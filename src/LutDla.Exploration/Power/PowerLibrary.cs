using System.Globalization;
using LutDla.Boundary;
using LutDla.Exploration.Liberty;

namespace LutDla.Exploration.Power;

/// <summary>What a Liberty file says about energy, and its units.</summary>
/// <param name="Volts">Supply.</param>
/// <param name="Picofarads">Unit of capacitance; with the volt it is the unit of energy, too: picojoules.</param>
/// <param name="Nanoseconds">Unit of time.</param>
/// <param name="LeakageWatts">Unit of leakage.</param>
internal sealed record PowerLibrary(double Volts, double Picofarads, double Nanoseconds, double LeakageWatts)
{
    private const string Mend = "Give the library of one corner as its maker delivers it.";

    private static readonly Dictionary<char, double> Prefixes = new()
    {
        ['f'] = 1e-15, ['p'] = 1e-12, ['n'] = 1e-9, ['u'] = 1e-6, ['m'] = 1e-3,
    };

    /// <exception cref="InvalidInputException">A unit or the voltage is missing or no number.</exception>
    public static PowerLibrary Of(LibertyLibrary whole)
    {
        var (file, library) = (whole.File, whole.Group);
        var volts = Voltage(library);
        if (!(Number(volts) is > 0 and < 1000 and var supply))
            throw new InvalidInputException(file, "nom_voltage", volts ?? "(none)", "The supply has some volts.", Mend);
        var load = library.Lists.GetValueOrDefault("capacitive_load_unit");
        return new(
            supply,
            Unit(file, "capacitive_load_unit", load is null ? null : string.Concat(load), "f") * 1e12,
            Unit(file, "time_unit", library["time_unit"], "s") * 1e9,
            library["leakage_power_unit"] is { } leakage ? Unit(file, "leakage_power_unit", leakage, "w") : 1e-9);
    }

    private static string? Voltage(LibertyGroup library)
    {
        var conditions = library.GroupsNamed("operating_conditions").ToList();
        var chosen = conditions.FirstOrDefault(c => c.Arguments is [var name, ..] && name == library["default_operating_conditions"])
            ?? conditions.FirstOrDefault();
        return library["nom_voltage"] ?? chosen?["voltage"];
    }

    // "1ns", "10pW", "1.0pf": a number, a prefix, the unit.
    private static double Unit(string file, string key, string? text, string unit)
    {
        var word = (text ?? "").Trim().ToLowerInvariant();
        var stem = word.EndsWith(unit, StringComparison.Ordinal) ? word[..^unit.Length] : "";
        return stem.Length > 1 && Prefixes.TryGetValue(stem[^1], out var prefix) && Number(stem[..^1]) is > 0 and var number
            ? number * prefix
            : throw new InvalidInputException(file, key, text ?? "(none)", $"must be a number and a unit, such as 1n{unit}.", Mend);
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
