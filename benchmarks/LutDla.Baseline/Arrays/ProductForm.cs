using LutDla.Hardware;

namespace LutDla.Baseline.Arrays;

/// <summary>How the products of a dot unit become bits to be added.</summary>
public enum ProductForm
{
    /// <summary>Radix-4 Booth rows: half as many rows as a weight has bits, each a choice between multiples of the activation.</summary>
    Booth,

    /// <summary>Every bit of the one factor and every bit of the other, those of one sign complemented (Baugh and Wooley, 1973).</summary>
    BaughWooley,

    /// <summary>The operator of Verilog, which the synthesis tool makes a multiplier of; products and their sum are its choice.</summary>
    Operator,
}

/// <summary>Widths of the signed factors of a product.</summary>
/// <param name="ActivationBits">At least 2.</param>
/// <param name="WeightBits">Even, at least 2.</param>
public sealed record OperandFormat(int ActivationBits, int WeightBits)
{
    /// <summary>Weights and activations as they are usually called: <c>W4A8</c>.</summary>
    public string Name => $"W{WeightBits}A{ActivationBits}";

    private long Largest => BitWidth.SignedMinimum(ActivationBits) * BitWidth.SignedMinimum(WeightBits);

    private long Smallest => Math.Min(
        BitWidth.SignedMinimum(ActivationBits) * BitWidth.SignedMaximum(WeightBits),
        BitWidth.SignedMaximum(ActivationBits) * BitWidth.SignedMinimum(WeightBits));

    /// <summary>Bits that hold every sum of so many products.</summary>
    public int SumBits(long products) => BitWidth.ForSigned(products * Smallest, products * Largest);
}
