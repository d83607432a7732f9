namespace LutDla.Exploration.Power;

/// <summary>Power of a mapped design at its clock, from the changes of a simulation of its gates.</summary>
/// <param name="Library">Of the cells.</param>
/// <param name="Cycles">That were simulated.</param>
/// <param name="ClockNanoseconds">Period that power is told for.</param>
/// <param name="Places">Each without the modules inside of it.</param>
/// <param name="Macros">Memory macros, whose power no Liberty file of cells has.</param>
/// <param name="Notes">What a reader must know to use the numbers.</param>
public sealed record PowerReport(
    string Library, double Volts, long Cycles, double ClockNanoseconds, IReadOnlyList<PlacePower> Places,
    IReadOnlyList<MacroAccess> Macros, IReadOnlyList<string> Notes)
{
    /// <summary>By module, largest first.</summary>
    public IReadOnlyList<ModulePower> Modules =>
    [
        .. Places.GroupBy(p => p.Power.Module, (module, places) => places.Select(p => p.Power).Aggregate((a, b) => a.And(b)))
            .OrderByDescending(m => m.Milliwatts).ThenBy(m => m.Module, StringComparer.Ordinal),
    ];

    /// <summary>Milliwatts of all cells.</summary>
    public double Milliwatts => Places.Sum(p => p.Power.Milliwatts);

    public double PicojoulesPerCycle => Milliwatts * ClockNanoseconds;
}

/// <summary>Power of all instances of a module that stand at a place.</summary>
/// <param name="Place">Names of instances from the top down, with a star for each index; empty for the top.</param>
public sealed record PlacePower(string Place, ModulePower Power);

/// <summary>Power of all instances of a module, in milliwatts.</summary>
/// <param name="Switching">Charges the pins on nets that are no clock.</param>
/// <param name="Internal">Inside of cells.</param>
/// <param name="Clock">Nets of the clock, pins that it comes in at, and clock gates.</param>
/// <param name="Leakage">By the states of the cells.</param>
public sealed record ModulePower(string Module, double Switching, double Internal, double Clock, double Leakage)
{
    public double Milliwatts => Switching + Internal + Clock + Leakage;

    /// <summary>Of the same module elsewhere, too.</summary>
    public ModulePower And(ModulePower other) => this with
    {
        Switching = Switching + other.Switching, Internal = Internal + other.Internal, Clock = Clock + other.Clock,
        Leakage = Leakage + other.Leakage,
    };
}

/// <summary>What the macros of one place did.</summary>
/// <param name="Place">Names of instances from the top down to the macro, with a star for each index.</param>
/// <param name="Instances">At that place.</param>
/// <param name="Reads">Of all these instances in the simulated cycles.</param>
/// <param name="Writes">Of all these instances in the simulated cycles.</param>
public sealed record MacroAccess(string Macro, string Place, int Instances, int WordBits, long Reads, long Writes);
