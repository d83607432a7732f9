using LutDla.Hardware;
using LutDla.Hardware.Modules;

namespace LutDla.Exploration.Memories;

/// <summary>What a macro is made of, for each quantity: what the model multiplies with its coefficients.</summary>
public static class SramStructure
{
    /// <param name="words">At least 1.</param>
    /// <param name="wordBits">At least 1.</param>
    public static IReadOnlyList<StructureTerm> Of(SramQuantity quantity, int words, int wordBits)
    {
        var bits = (double)words * wordBits;
        StructureTerm[] array = [new("always", 1), new("words", words), new("word bits", wordBits), new("bits", bits)];
        return quantity switch
        {
            // Each bit of a wide word has a line across the width of the array.
            SramQuantity.Area => [.. array, new("word bits squared", (double)wordBits * wordBits)],
            SramQuantity.AccessTime =>
                [new("always", 1), new("address bits", BitWidth.ForIndex(words)), new("square root of bits", Math.Sqrt(bits))],
            // Arrays are about square, so that a bit line is as long as the square root of the words.
            _ => [.. array, new("word bits x square root of words", wordBits * Math.Sqrt(words))],
        };
    }
}
