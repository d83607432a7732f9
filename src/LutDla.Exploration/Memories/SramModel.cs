namespace LutDla.Exploration.Memories;

/// <summary>What macros of a family cost by words and bits of a word, fitted to macros of a table.</summary>
/// <param name="Family">As the table has it.</param>
/// <param name="NodeNanometres">Of the process.</param>
/// <param name="Volts">Of the supply; nothing where the table does not say.</param>
/// <param name="Note">Of who published the macros.</param>
/// <param name="Macros">That it was fitted to.</param>
/// <param name="Words">Least and most of these macros.</param>
/// <param name="Costs">Of what is known; always of the area.</param>
/// <param name="ScaledFrom">The node that it was fitted at, where this is not it.</param>
public sealed record SramModel(
    string Family, SramSource Source, double NodeNanometres, double? Volts, SramPorts Ports, string Note, int Macros,
    SampledRange Words, SampledRange WordBits, SampledRange Bits, IReadOnlyDictionary<SramQuantity, SramCost> Costs,
    double? ScaledFrom = null)
{
    /// <summary>What a macro costs, in the unit of the quantity; nothing where the family does not say.</summary>
    public double? Of(SramQuantity quantity, int words, int wordBits) => Costs.TryGetValue(quantity, out var cost)
        ? cost.Terms.Zip(SramStructure.Of(quantity, words, wordBits), (term, amount) => term.Each * amount.Amount).Sum()
        : null;

    /// <summary>Whether macros as large and as small were among those of the fit.</summary>
    public bool Covers(int words, int wordBits) =>
        Words.Covers(words) && WordBits.Covers(wordBits) && Bits.Covers((long)words * wordBits);
}

/// <summary>Where the macros of a model are from.</summary>
/// <param name="File">Name of the table, without its folder.</param>
/// <param name="Sha256">Of the table, in hexadecimal.</param>
/// <param name="MacroPrefix">Macros of other names were left out.</param>
public sealed record SramSource(string File, string Sha256, string MacroPrefix);

/// <summary>What was sampled.</summary>
public readonly record struct SampledRange(int Least, int Most)
{
    public bool Covers(long value) => value >= Least && value <= Most;
}

/// <summary>A quantity as a sum of what a macro is made of.</summary>
/// <param name="MeanError">Relative, of shapes that were left out of the fit, one at a time.</param>
/// <param name="WorstError">The largest of these.</param>
public sealed record SramCost(IReadOnlyList<SramTerm> Terms, double MeanError, double WorstError);

/// <param name="Name">As in <see cref="SramStructure"/>.</param>
/// <param name="Each">What one of it costs, at least 0.</param>
public sealed record SramTerm(string Name, double Each);
