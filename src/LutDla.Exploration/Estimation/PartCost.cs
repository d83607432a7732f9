using LutDla.Exploration.Calibration;
using LutDla.Exploration.Memories;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Exploration.Estimation;

/// <summary>What a part of a core costs: a module and all below it.</summary>
/// <param name="Area">Of cells.</param>
/// <param name="LeakageNanowatts">Of cells.</param>
/// <param name="Energy">Of cells, without leakage; 0 where the technology has no power.</param>
/// <param name="Path">The slowest path through cells and the kind of module that it ends in; 0 where that is not known.</param>
/// <param name="Macros">Memories of macros; empty where no family was named.</param>
/// <param name="Unpriced">Something in it whose cost nothing tells, and so is missing in the figures; or null.</param>
public sealed record PartCost(
    double Area, double LeakageNanowatts, EnergyProfile Energy, (double Nanoseconds, string Kind) Path, IReadOnlyList<MacroMemory> Macros,
    string? Unpriced)
{
    private static readonly PartCost None = new(0, 0, default, (0, ""), [], Unpriced: null);

    /// <param name="module">Without what is below it.</param>
    /// <param name="place">Of the module in its core.</param>
    /// <param name="role">See <see cref="Occurrence.Role"/>.</param>
    /// <param name="count">Instances.</param>
    /// <param name="family">Of macros.</param>
    public static PartCost Of(
        Module module, string place, string role, long count, TechnologyModel technology, SramModel? family)
    {
        if (module is MemoryModule { Style: MemoryStyle.Macro } memory)
        {
            return family is null
                ? None with { Unpriced = "memory macros" }
                : None with { Macros = [MacroMemory.Of(memory, count, family)] };
        }

        if (module is MemoryModule { Style: MemoryStyle.FpgaRam })
            return None with { Unpriced = "RAM of an FPGA" };
        if (!technology.Knows(module))
            return None with { Unpriced = module.Name };
        return new(
            count * technology.AreaOf(module), count * technology.LeakageOf(module),
            technology.HasPower ? technology.EnergyOf(module, place, role) * count : default,
            technology.HasPower ? (technology.PathInto(module), module.Name) : (0, ""), [], Unpriced: null);
    }

    public static PartCost Sum(IEnumerable<PartCost> parts) => parts.Aggregate(None, (a, b) => new(
        a.Area + b.Area, a.LeakageNanowatts + b.LeakageNanowatts, a.Energy + b.Energy,
        a.Path.Nanoseconds >= b.Path.Nanoseconds ? a.Path : b.Path,
        a.Macros.Count == 0 ? b.Macros : b.Macros.Count == 0 ? a.Macros : [.. a.Macros, .. b.Macros],
        a.Unpriced ?? b.Unpriced));
}

/// <summary>
/// Costs of parts, each worked out once: designs that differ in one part have the others in common. For one thread at a time.
/// </summary>
/// <param name="family">Of macros.</param>
public sealed class PartCosts(TechnologyModel technology, SramModel? family)
{
    private readonly Dictionary<(string Place, Module Module), PartCost> _known = [];

    private readonly Dictionary<(string Part, string Role, Module Module), PartCost> _modules = [];

    // The top holds all other modules; by what it is made of itself.
    private readonly Dictionary<(double, double), PartCost> _tops = [];

    public TechnologyModel Technology => technology;

    public SramModel? Family => family;

    public PartCost Of(Core core) => PartCost.Sum(
    [
        OfTop(core.Top),
        .. core.Top.Children.Select(child => Of(child)),
    ]);

    private PartCost OfTop(StreamingCore top)
    {
        var key = top.Structure is [var first, var second]
            ? (first.Amount, second.Amount)
            : throw new InvalidOperationException("The top is made of two terms.");
        return _tops.TryGetValue(key, out var cost) ? cost : _tops[key] = PartCost.Of(top, "", "", 1, technology, family);
    }

    private PartCost Of(Child child)
    {
        if (!_known.TryGetValue((child.Instance, child.Module), out var cost))
        {
            _known[(child.Instance, child.Module)] = cost = PartCost.Sum(
                child.Module.Occurrences().Select(o => Times(OfModule(
                    o.Module, child.Instance, o.Role.Length > 0 ? o.Role : $"core.{child.Instance}"), o.Count)));
        }

        return Times(cost, child.Count);
    }

    // What a cycle costs depends on the part that a module serves, no further down.
    private PartCost OfModule(Module module, string part, string role) => _modules.TryGetValue((part, role, module), out var cost)
        ? cost
        : _modules[(part, role, module)] = PartCost.Of(module, part, role, 1, technology, family);

    private static PartCost Times(PartCost cost, long count) => count == 1 ? cost : cost with
    {
        Area = cost.Area * count, LeakageNanowatts = cost.LeakageNanowatts * count, Energy = cost.Energy * count,
        Macros = [.. cost.Macros.Select(m => m with { Copies = m.Copies * count })],
    };
}
