using LutDla.Exploration.Synthesis;
using LutDla.Exploration.Timing;
using LutDla.Rtl.Tools;

namespace LutDla.Benchmarks.Area;

/// <summary>A design mapped in one of the ways that the flow has.</summary>
/// <param name="Nanoseconds">Of its slowest path; nothing where OpenSTA is not installed.</param>
internal sealed record MappedVariant(MappingGoal Goal, bool ExtractsFullAdders, double? Nanoseconds, SynthesisReport Report)
{
    public double Area => Report.Area ?? throw new InvalidOperationException($"The cells of {Report.Target} have no area.");

    /// <summary>All ways, the smallest that meets the clock first, then the smallest of those that do not.</summary>
    public static async Task<IReadOnlyList<MappedVariant>> AllAsync(SynthesisRequest request)
    {
        var variants = new List<MappedVariant>();
        foreach (var goal in Enum.GetValues<MappingGoal>())
        {
            foreach (var adders in new[] { false, true })
                variants.Add(await MapAsync(request with { Goal = goal, ExtractsFullAdders = adders }));
        }

        return [.. variants.OrderBy(v => v.Nanoseconds * 1000 > request.ClockPeriodPicoseconds).ThenBy(v => v.Area)];
    }

    private static async Task<MappedVariant> MapAsync(SynthesisRequest request)
    {
        var mapped = await YosysSynthesis.RunAsync(request, ContentCache.Default, default);
        double? nanoseconds = null;
        try
        {
            nanoseconds = (await StaticTiming.RunAsync(mapped, request.ClockPeriodPicoseconds)).Slowest?.ArrivalNanoseconds;
        }
        catch (MissingToolException)
        {
            // Said where the figures are shown.
        }

        return new(request.Goal, request.ExtractsFullAdders, nanoseconds, mapped.Report);
    }
}
