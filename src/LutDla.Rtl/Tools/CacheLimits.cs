using System.Globalization;
using LutDla.Boundary;

namespace LutDla.Rtl.Tools;

/// <summary>How much a cache keeps of what no process uses.</summary>
/// <param name="Bytes">Of all entries; those unused longest go first.</param>
/// <param name="Age">Since the last use.</param>
public sealed record CacheLimits(long Bytes, TimeSpan Age)
{
    public const string SizeVariable = "LUTDLA_CACHE_GIB";

    private const double GibiByte = 1L << 30;
    private const double StandardGibiBytes = 4;
    private const double MostGibiBytes = 1 << 20;
    private const int StandardDays = 60;

    /// <summary>60 days, and as many GiB as the environment says, or 4.</summary>
    /// <exception cref="InvalidInputException">It says no number above 0.</exception>
    public static CacheLimits FromEnvironment()
    {
        var (text, size) = (Environment.GetEnvironmentVariable(SizeVariable), StandardGibiBytes);
        var isNumber = string.IsNullOrEmpty(text) || double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out size);
        return isNumber && size is > 0 and <= MostGibiBytes
            ? new CacheLimits((long)(size * GibiByte), TimeSpan.FromDays(StandardDays))
            : throw new InvalidInputException("environment", SizeVariable, $"{text}", "must be a number of GiB above 0.", "Leave it out for 4.");
    }
}
