namespace LutDla.Exploration.Power;

/// <summary>Power of a mapped design at its clock, from the changes of a simulation of its gates.</summary>
/// <param name="Library">Of the cells.</param>
/// <param name="Cycles">That were simulated.</param>
/// <param name="ClockNanoseconds">Period that power is told for.</param>
/// <param name="Modules">Largest first; each without the modules inside of it.</param>
/// <param name="Macros">Memory macros, whose power no Liberty file of cells has.</param>
/// <param name="Notes">What a reader must know to use the numbers.</param>
public sealed record PowerReport(
    string Library, double Volts, long Cycles, double ClockNanoseconds, IReadOnlyList<ModulePower> Modules,
    IReadOnlyList<MacroAccess> Macros, IReadOnlyList<string> Notes)
{
    /// <summary>Milliwatts of all cells.</summary>
    public double Milliwatts => Modules.Sum(m => m.Milliwatts);

    public double PicojoulesPerCycle => Milliwatts * ClockNanoseconds;
}

/// <summary>Power of all instances of a module, in milliwatts.</summary>
/// <param name="Switching">Charges the pins on nets that are no clock.</param>
/// <param name="Internal">Inside of cells.</param>
/// <param name="Clock">Nets of the clock, pins that it comes in at, and clock gates.</param>
/// <param name="Leakage">By the states of the cells.</param>
public sealed record ModulePower(string Module, double Switching, double Internal, double Clock, double Leakage)
{
    public double Milliwatts => Switching + Internal + Clock + Leakage;
}

/// <summary>What the macros of one kind did.</summary>
/// <param name="Instances">In the design.</param>
/// <param name="Reads">Of all instances in the simulated cycles.</param>
/// <param name="Writes">Of all instances in the simulated cycles.</param>
public sealed record MacroAccess(string Macro, int Instances, int WordBits, long Reads, long Writes);
