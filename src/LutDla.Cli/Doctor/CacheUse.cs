using System.Globalization;
using LutDla.Cli.Output;
using LutDla.Rtl.Tools;

namespace LutDla.Cli.Doctor;

/// <summary>Where the cache is and how full.</summary>
internal static class CacheUse
{
    private const double MebiByte = 1 << 20;
    private const double GibiByte = 1 << 30;

    public static Finding Check()
    {
        var (cache, content) = (ContentCache.Default, ContentCache.Default.Content());
        var use = string.Create(
            CultureInfo.InvariantCulture,
            $"{Figures.Count(content.Entries.Count, "entry", "entries")}, " +
            $"{content.Bytes / MebiByte:N1} MiB of at most {cache.Limits.Bytes / GibiByte:0.##} GiB " +
            $"and {cache.Limits.Age.TotalDays:N0} days");
        return new Finding(
            "cache", $"{cache.Root}: {use}", Required: false, "simulate, synth: what was built is kept",
            $"{ContentCache.PlaceVariable} names another folder, {CacheLimits.SizeVariable} another size");
    }
}
