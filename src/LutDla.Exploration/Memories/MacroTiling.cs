using LutDla.Hardware;

namespace LutDla.Exploration.Memories;

/// <summary>A memory of macros of one shape; words and bits that it leaves unused are paid for.</summary>
/// <param name="Banks">Parts of the words of which one is read while another is written; 1 where a macro does both.</param>
/// <param name="WordTiles">Macros for the words of a bank, of which one is active.</param>
/// <param name="WidthTiles">Macros side by side for the bits of a word, all of which are active.</param>
/// <param name="MacroWords">Words of a macro.</param>
/// <param name="MacroBits">Bits of a macro's word.</param>
public sealed record MacroTiling(int Banks, int WordTiles, int WidthTiles, int MacroWords, int MacroBits)
{
    public long Macros => (long)Banks * WordTiles * WidthTiles;

    /// <summary>Of all macros.</summary>
    public long Bits => Macros * MacroWords * MacroBits;

    /// <summary>As few macros of a shape as hold a memory.</summary>
    public static MacroTiling Of(int words, int wordBits, int banks, int macroWords, int macroBits) => new(
        banks, Division.RoundedUp(Division.RoundedUp(words, banks), macroWords), Division.RoundedUp(wordBits, macroBits),
        macroWords, macroBits);

    /// <summary>
    /// The smallest tiling with macros within what a model was fitted to. It tries every number of macros side by side; the words are
    /// divided among as few as there can be.
    /// </summary>
    public static MacroTiling Smallest(SramModel model, int words, int wordBits)
    {
        var banks = model.Ports.Banks();
        var bankWords = Division.RoundedUp(words, banks);
        return Widths(model, wordBits)
            .Select(bits => (Bits: bits, Words: MacroWordsOf(model, bankWords, bits)))
            .Where(shape => model.Covers(shape.Words, shape.Bits))
            .Select(shape => Of(words, wordBits, banks, shape.Words, shape.Bits))
            .MinBy(tiling => tiling.Macros * model.Of(SramQuantity.Area, tiling.MacroWords, tiling.MacroBits))!;
    }

    /// <summary>Whether a model has any shape within its ranges.</summary>
    public static bool HasShape(SramModel model) => model.Covers(MacroWordsOf(model, 1, model.WordBits.Least), model.WordBits.Least);

    // The narrowest macro is always among them: it goes with the words of a macro that was sampled.
    private static IEnumerable<int> Widths(SramModel model, int wordBits)
    {
        var (least, most) = (model.WordBits.Least, model.WordBits.Most);
        for (var tiles = Division.RoundedUp(wordBits, most); ; tiles++)
        {
            var bits = Math.Max(least, Division.RoundedUp(wordBits, tiles));
            yield return bits;
            if (bits == least)
                yield break;
        }
    }

    private static int MacroWordsOf(SramModel model, int bankWords, int bits)
    {
        var most = Math.Max(1, Math.Min(model.Words.Most, model.Bits.Most / bits));
        var tiles = Division.RoundedUp(bankWords, most);
        return Math.Max(Math.Max(model.Words.Least, Division.RoundedUp(model.Bits.Least, bits)), Division.RoundedUp(bankWords, tiles));
    }
}
