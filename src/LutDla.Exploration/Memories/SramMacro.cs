namespace LutDla.Exploration.Memories;

/// <summary>A memory macro as a foundry or a generator has published it, or as a memory compiler's model computed it.</summary>
/// <param name="Name">Empty where the table names none.</param>
/// <param name="NodeNanometres">Of the process.</param>
/// <param name="Volts">Of the supply; nothing where the table does not say.</param>
/// <param name="Figures">What is known, above 0.</param>
/// <param name="Note">Of who published it.</param>
public sealed record SramMacro(
    string Name, string Family, double NodeNanometres, double? Volts, int Words, int WordBits,
    IReadOnlyDictionary<SramQuantity, double> Figures, string Note)
{
    public double Area => Figures[SramQuantity.Area];

    public long Bits => (long)Words * WordBits;
}
