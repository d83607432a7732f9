namespace LutDla.Baseline.Arrays;

/// <summary>
/// The bits that one product is the sum of, and a constant: a bit of negative worth is complemented, which is worth that much more, and
/// the constants of all products together take it back.
/// </summary>
internal sealed class PartialProducts(OperandFormat operands, ProductForm form)
{
    private readonly int _a = operands.ActivationBits;
    private readonly int _w = operands.WeightBits;

    private int Digits => _w / 2;

    // A row of a Booth digit is a multiple from -2 to 2 times the activation.
    private int RowBits => _a + 1;

    /// <summary>Bits of a weight as the unit takes it.</summary>
    public int EncodedBits => form == ProductForm.Booth ? BoothEncoder.DigitBits * Digits : _w;

    /// <summary>How many bits are to be added for a product.</summary>
    public int Bits => form == ProductForm.Booth ? Digits * (RowBits + 1) : _a * _w;

    /// <summary>Added to the bits of each product.</summary>
    public long Constant => form == ProductForm.Booth
        ? -Enumerable.Range(0, Digits).Sum(d => 1L << (2 * d + _a))
        : -(Ones(_w - 1) << (_a - 1)) - (Ones(_a - 1) << (_w - 1));

    /// <summary>The bits of a product with their weights, as powers of 2.</summary>
    public IEnumerable<(int Weight, TreeBit Bit)> Of(int product) => form == ProductForm.Booth ? Rows(product) : Pairs(product);

    // The 1 that makes a row's complement a negative has weight 2, because the row makes its lowest bit right by itself.
    private IEnumerable<(int Weight, TreeBit Bit)> Rows(int product)
    {
        for (var row = product * Digits; row < (product + 1) * Digits; row++)
        {
            var weight = 2 * (row % Digits);
            for (var bit = 0; bit < RowBits; bit++)
                yield return (weight + bit, new TreeBit($"rows[{row * RowBits + bit}]", bit == 0 ? 0.5 : 1.5));
            yield return (weight + 1, new TreeBit($"ones[{row}]", 1));
        }
    }

    private IEnumerable<(int Weight, TreeBit Bit)> Pairs(int product)
    {
        for (var i = 0; i < _a; i++)
        {
            for (var j = 0; j < _w; j++)
                yield return (i + j, new TreeBit($"pairs[{(product * _a + i) * _w + j}]", 0.5));
        }
    }

    private static long Ones(int count) => (1L << count) - 1;
}
