using LutDla.Exploration.Calibration;
using LutDla.Hardware;

namespace LutDla.Tests;

/// <summary>A technology in which every module costs 10, and 1 for one of each of its terms.</summary>
internal static class SampleTechnology
{
    private const int MostTerms = 40;

    private static readonly TermCost[] Terms =
        [.. Enumerable.Range(0, MostTerms).Select(k => new TermCost($"term{k}", k == 0 ? 10 : 1, 0, 1e9))];

    /// <summary>The kinds of modules of a core.</summary>
    public static IEnumerable<string> Kinds(Core core) => core.Top.Occurrences().Select(o => o.Module.Name).Distinct();

    /// <summary>Knows areas and leakage of these kinds, and, if asked, energies and paths.</summary>
    public static TechnologyModel Of(IEnumerable<string> kinds, bool hasPower = false)
    {
        CostQuantity[] quantities = hasPower ? [.. CostQuantities.All] : [CostQuantity.Area, CostQuantity.Leakage];
        var models = kinds.ToDictionary(kind => kind, _ => new KindModel(Terms, LocalCorrection.None, 0, 1, 0, 0));
        return new(
            "cells", "0", "Yosys", ClockPeriodPicoseconds: 10_000, HasLatches: true,
            quantities.ToDictionary(quantity => quantity, _ => (IReadOnlyDictionary<string, KindModel>)models));
    }

    /// <summary>Writes <c>technology.json</c>, which knows these kinds, and says its path.</summary>
    public static string Write(TemporaryFolder folder, IEnumerable<string> kinds, bool hasPower = false)
    {
        var file = folder.File("technology.json");
        TechnologyFile.Write(file, Of(kinds, hasPower));
        return file;
    }
}
