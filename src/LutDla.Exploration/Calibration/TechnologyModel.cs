using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Exploration.Calibration;

/// <summary>What modules of each kind cost in a technology, and where that is known from.</summary>
/// <param name="Library">Of the cells, as its file calls it.</param>
/// <param name="LibrarySha256">Of the file's text.</param>
/// <param name="Yosys">What it prints as its version.</param>
/// <param name="ClockPeriodPicoseconds">That the cells were chosen for, and that energy was measured at.</param>
/// <param name="HasLatches">Whether memories of latches were sampled.</param>
/// <param name="Costs">By quantity, then by the name of the kind.</param>
public sealed record TechnologyModel(
    string Library, string LibrarySha256, string Yosys, int ClockPeriodPicoseconds, bool HasLatches,
    IReadOnlyDictionary<CostQuantity, IReadOnlyDictionary<string, KindModel>> Costs)
{
    // Measurements of a role that say more than those of all modules of its kind: of four cores.
    private const int LeastOfRole = 12;

    /// <summary>Whether energies and slowest paths are known: whole cores were measured.</summary>
    public bool HasPower => Costs.ContainsKey(CostQuantity.Energy);

    /// <summary>A module without its children; 0 of what is wires or a macro.</summary>
    /// <exception cref="KeyNotFoundException">Modules of its kind were not sampled.</exception>
    public double AreaOf(Module module) => Of(CostQuantity.Area, module, CostPoint.OfModule);

    /// <summary>All cells of a core.</summary>
    /// <exception cref="KeyNotFoundException">Modules of a kind in it were not sampled.</exception>
    public double AreaOf(Core core) => core.Top.Occurrences().Sum(o => o.Count * AreaOf(o.Module));

    /// <summary>Nanowatts of a module without its children.</summary>
    /// <inheritdoc cref="AreaOf(Module)" path="/exception"/>
    public double LeakageOf(Module module) => Of(CostQuantity.Leakage, module, CostPoint.OfModule);

    /// <summary>What a cycle of a module costs, without its children and without leakage.</summary>
    /// <param name="place">Where in the core it stands; see <see cref="Occurrence.Path"/>.</param>
    /// <param name="role">See <see cref="Occurrence.Role"/>; of one that was seldom measured its kind is taken.</param>
    /// <inheritdoc cref="AreaOf(Module)" path="/exception"/>
    public EnergyProfile EnergyOf(Module module, string place, string role)
    {
        if (!IsPriced(module))
            return default;
        var kinds = Costs[CostQuantity.Energy];
        var model = kinds.TryGetValue(InRole(module.Name, role), out var special) && special.Samples >= LeastOfRole
            ? special
            : kinds[module.Name];
        var touched = Activity.Full.At(place);
        var always = At(default);
        return new(
            always, At(new(touched.Search, 0, 0, 0)) - always, At(new(0, touched.Lookup, 0, 0)) - always,
            At(new(0, 0, touched.Tables, 0)) - always, At(new(0, 0, 0, touched.Results)) - always);

        double At(Activity activity) => model.Cost(CostPoint.OfActivity(module, activity));
    }

    /// <summary>Nanoseconds of the slowest path into registers of a module; 0 where its kind has none.</summary>
    public double PathInto(Module module) => Costs[CostQuantity.Delay].TryGetValue(module.Name, out var kind) && IsPriced(module)
        ? kind.Cost(CostPoint.OfPath(module))
        : 0;

    /// <summary>Whether the cost of a module is known in every quantity; wires and macros cost nothing here.</summary>
    public bool Knows(Module module) =>
        !IsPriced(module) || Costs.All(quantity => quantity.Key == CostQuantity.Delay || quantity.Value.ContainsKey(module.Name));

    /// <summary>Kinds of modules in a core that were not sampled.</summary>
    public IReadOnlyList<string> UnknownKinds(Core core) =>
    [
        .. core.Top.Occurrences().Select(o => o.Module).Where(IsPriced).Select(m => m.Name).Distinct()
            .Where(kind => !Costs[CostQuantity.Area].ContainsKey(kind)),
    ];

    /// <summary>Whether each term of a module lies within what was sampled of its kind.</summary>
    public bool IsSampled(Module module) => !IsPriced(module)
        || Costs[CostQuantity.Area][module.Name].Covers(CostPoint.OfModule(module));

    /// <summary>How energies name modules of a kind that are there for one thing; see <see cref="Occurrence.Role"/>.</summary>
    internal static string InRole(string kind, string role) => $"{kind} as {role}";

    // Macros are priced by the memory compiler that makes them; what an FPGA infers is no cell of a library.
    internal static bool IsPriced(Module module) =>
        module.Structure.Count > 0 && module is not MemoryModule { Style: MemoryStyle.Macro or MemoryStyle.FpgaRam };

    private double Of(CostQuantity quantity, Module module, Func<Module, CostPoint> point) =>
        IsPriced(module) ? Costs[quantity][module.Name].Cost(point(module)) : 0;
}
