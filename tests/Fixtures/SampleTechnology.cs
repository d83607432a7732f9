using LutDla.Exploration.Calibration;
using LutDla.Hardware;

namespace LutDla.Tests;

/// <summary>A technology in which every module costs 10, and 1 for one of each of its terms.</summary>
internal static class SampleTechnology
{
    private const int MostTerms = 8;

    /// <summary>The kinds of modules of a core.</summary>
    public static IEnumerable<string> Kinds(Core core) => core.Top.Occurrences().Select(o => o.Module.Name).Distinct();

    /// <summary>Writes <c>technology.json</c>, which knows these kinds, and says its path.</summary>
    public static string Write(TemporaryFolder folder, IEnumerable<string> kinds)
    {
        var file = folder.File("technology.json");
        TermCost[] terms = [.. Enumerable.Range(0, MostTerms).Select(k => new TermCost($"term{k}", k == 0 ? 10 : 1, 0, 1e9))];
        TechnologyFile.Write(file, new TechnologyModel(
            "cells", "0", "Yosys", ClockPeriodPicoseconds: 10_000, HasLatches: true,
            kinds.ToDictionary(kind => kind, _ => new KindModel(terms, LocalCorrection.None, 0, 1, 0, 0))));
        return file;
    }
}
