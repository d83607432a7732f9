using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Exploration.Calibration;

/// <summary>What modules of each kind cost in a technology, and where that is known from.</summary>
/// <param name="Library">Of the cells, as its file calls it.</param>
/// <param name="LibrarySha256">Of the file's text.</param>
/// <param name="Yosys">What it prints as its version.</param>
/// <param name="ClockPeriodPicoseconds">That the cells were chosen for.</param>
/// <param name="HasLatches">Whether memories of latches were sampled.</param>
/// <param name="Area">By the name of the kind, in the unit of the library.</param>
public sealed record TechnologyModel(
    string Library, string LibrarySha256, string Yosys, int ClockPeriodPicoseconds, bool HasLatches,
    IReadOnlyDictionary<string, KindModel> Area)
{
    /// <summary>A module without its children; 0 of what is wires or a macro.</summary>
    /// <exception cref="KeyNotFoundException">Modules of its kind were not sampled.</exception>
    public double AreaOf(Module module) =>
        IsPriced(module) ? Area[module.Name].Cost(new(module)) : 0;

    /// <summary>Kinds of modules in a core that were not sampled.</summary>
    public IReadOnlyList<string> UnknownKinds(Core core) =>
    [
        .. core.Top.Occurrences().Select(o => o.Module).Where(IsPriced).Select(m => m.Name).Distinct()
            .Where(kind => !Area.ContainsKey(kind)),
    ];

    /// <summary>Whether each term of a module lies within what was sampled of its kind.</summary>
    public bool IsSampled(Module module) => !IsPriced(module)
        || Area[module.Name].Covers(new(module));

    // Macros are priced by the memory compiler that makes them; what an FPGA infers is no cell of a library.
    private static bool IsPriced(Module module) =>
        module.Structure.Count > 0 && module is not MemoryModule { Style: MemoryStyle.Macro or MemoryStyle.FpgaRam };
}
