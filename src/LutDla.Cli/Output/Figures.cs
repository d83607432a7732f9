using System.Globalization;
using LutDla.Hardware;

namespace LutDla.Cli.Output;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>So many of something: 1 layer, 2 layers.</summary>
    public static string Count(long value, string noun) => Count(value, noun, $"{noun}s");

    /// <summary>The same where the plural has another ending.</summary>
    public static string Count(long value, string noun, string nouns) => $"{Count(value)} {(value == 1 ? noun : nouns)}";

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2} %");

    /// <summary>A time that was estimated: 40 s, 5 min, 1.5 h.</summary>
    public static string About(TimeSpan time) => time switch
    {
        { TotalSeconds: < 90 } => string.Create(CultureInfo.InvariantCulture, $"about {Math.Max(1, time.TotalSeconds):F0} s"),
        { TotalMinutes: < 90 } => string.Create(CultureInfo.InvariantCulture, $"about {time.TotalMinutes:F0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"about {time.TotalHours:F1} h"),
    };

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");

    /// <summary>Lookups as a share of what the core could do in these cycles.</summary>
    public static string OfPeak(Core core, long lookups, long cycles) =>
        cycles == 0
            ? "-"
            : string.Create(CultureInfo.InvariantCulture, $"{100.0 * lookups / ((double)cycles * core.LookupsPerCycle):F1} %");
}
