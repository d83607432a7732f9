using System.Globalization;
using LutDla.Hardware;

namespace LutDla.Cli.Output;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2} %");

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");

    /// <summary>Lookups as a share of what the core could do in these cycles.</summary>
    public static string OfPeak(Core core, long lookups, long cycles) =>
        cycles == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * lookups / ((double)cycles * core.LookupsPerCycle):F1} %");
}
