using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Exploration.Calibration;

/// <summary>Chooses modules of each kind, to be synthesised alone, that lie as far apart as can be among those of many designs.</summary>
public static class ModuleSampling
{
    private const int Designs = 400;
    private const int Purpose = 11;
    private const int SamplesOfTerm = 4;
    private const int LeastSamples = 6;

    /// <summary>All modules of each kind, in the order in which they are best sampled; by name of the kind.</summary>
    /// <param name="latches">Whether the technology has latches.</param>
    public static IReadOnlyList<IReadOnlyList<Module>> Candidates(bool latches) =>
    [
        .. Enumerable.Range(0, Designs)
            .SelectMany(number => CalibrationSpace.Design(number, Purpose, latches).Top.Occurrences())
            .Select(o => o.Module)
            .Where(IsMapped)
            .DistinctBy(module => (module.Name, string.Join(' ', CostPoint.OfModule(module).Place)))
            .GroupBy(module => module.Name)
            .OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => Spread([.. kind])),
    ];

    /// <summary>How many of a kind are sampled before anything is known of it.</summary>
    public static int FirstCount(IReadOnlyList<Module> candidates) =>
        Math.Min(candidates.Count, LeastSamples + SamplesOfTerm * candidates[0].Structure.Count);

    // Macros are priced by their own model; wires have no area.
    private static bool IsMapped(Module module) =>
        module.Structure.Count > 0 && module is not MemoryModule { Style: MemoryStyle.Macro or MemoryStyle.FpgaRam };

    // Farthest first, from the largest on; distances of logarithms, so that small modules lie apart too.
    private static List<Module> Spread(Module[] candidates)
    {
        double[][] places = [.. candidates.Select(module => CostPoint.OfModule(module).Place)];
        double[] distances = [.. places.Select(_ => double.PositiveInfinity)];
        var next = Array.IndexOf(places, places.MaxBy(p => p.Sum()));
        var chosen = new List<Module>();
        while (chosen.Count < candidates.Length)
        {
            chosen.Add(candidates[next]);
            for (var i = 0; i < places.Length; i++)
                distances[i] = Math.Min(distances[i], places[i].Zip(places[next], (a, b) => (a - b) * (a - b)).Sum());
            next = Array.IndexOf(distances, distances.Max());
        }

        return chosen;
    }
}
