using LutDla.Hardware;
using LutDla.Mapping.Regression.Bins;

namespace LutDla.Rtl.Cosimulation.Regression;

/// <summary>What a regression gave.</summary>
/// <param name="Designs">Those on which a seed was to run.</param>
/// <param name="Seeds">Those that ran, in order.</param>
public sealed record RegressionResult(IReadOnlyList<Core> Designs, IReadOnlyList<SeedResult> Seeds, BinCounts Bins, CodeCoverage Code)
{
    private static readonly IReadOnlyList<Bin> AllBins = [.. SearchBins.All, .. SumBins.All, .. ScheduleBins.All, .. ConditionBins.All];

    public bool IsEqual => Seeds.All(s => s.Problem is null);

    /// <summary>Every bin, how often it was met, and why it could not be where no design can meet it.</summary>
    public IEnumerable<(Bin Bin, long Times, string? WhyNever)> BinTable() => AllBins.Select(bin => (bin, Bins[bin], WhyNever(bin)));

    private string? WhyNever(Bin bin)
    {
        string?[] reasons = [.. Designs.Select(bin.WhyNever)];
        return reasons.Contains(null) ? null : string.Join("; ", reasons.Distinct());
    }
}
