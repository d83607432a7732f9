using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Storage;
using LutDla.Hardware.Configuration;

namespace LutDla.Exploration.Calibration;

/// <summary>A module to be synthesised alone, in the design that it came from.</summary>
public sealed record ModuleSample(Module Module)
{
    /// <summary>The kind of module, as its Verilog is called.</summary>
    public string Kind => Module.Name;

    /// <summary>Amounts of the terms of <see cref="Module.Structure"/>, and 1 for what is always there.</summary>
    public double[] Amounts => [1, .. Module.Structure.Select(term => term.Amount)];

    /// <summary>Where it lies among others of its kind: logarithms of its terms and of its parameters.</summary>
    public double[] Place =>
        [.. Module.Structure.Select(term => Math.Log(1 + term.Amount)), .. Module.Parameters.Select(p => Math.Log(1 + p.Value))];
}

/// <summary>Chooses modules of each kind that lie as far apart as can be among those of many designs.</summary>
public static class ModuleSampling
{
    private const int Designs = 400;
    private const int Purpose = 11;
    private const int SamplesOfTerm = 4;
    private const int LeastSamples = 6;

    /// <param name="latches">Whether the technology has latches.</param>
    public static IReadOnlyList<ModuleSample> Choose(bool latches) =>
    [
        .. Enumerable.Range(0, Designs)
            .SelectMany(number => CalibrationSpace.Design(number, Purpose, latches).Top.Occurrences())
            .Select(o => o.Module)
            .Where(IsMapped)
            .DistinctBy(module => (module.Name, string.Join(' ', module.Structure.Select(t => t.Amount))))
            .GroupBy(module => module.Name)
            .OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .SelectMany(kind => Spread([.. kind.Select(module => new ModuleSample(module))])),
    ];

    // Macros are priced by their own model; wires have no area.
    private static bool IsMapped(Module module) =>
        module.Structure.Count > 0 && module is not MemoryModule { Style: MemoryStyle.Macro or MemoryStyle.FpgaRam };

    // Farthest first, from the largest on; distances of logarithms, so that small modules lie apart too.
    private static IEnumerable<ModuleSample> Spread(ModuleSample[] candidates)
    {
        var places = candidates.Select(c => c.Amounts.Select(a => Math.Log(1 + a)).ToArray()).ToArray();
        var count = Math.Min(candidates.Length, LeastSamples + SamplesOfTerm * (places[0].Length - 1));
        var distances = places.Select(_ => double.PositiveInfinity).ToArray();
        var next = Array.IndexOf(places, places.MaxBy(p => p.Sum()));
        for (var k = 0; k < count; k++)
        {
            yield return candidates[next];
            for (var i = 0; i < places.Length; i++)
                distances[i] = Math.Min(distances[i], places[i].Zip(places[next], (a, b) => (a - b) * (a - b)).Sum());
            next = Array.IndexOf(distances, distances.Max());
        }
    }
}
