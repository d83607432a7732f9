using LutDla.Hardware.Modules;

namespace LutDla.Baseline.Arrays;

/// <summary>What a dot unit adds its products to.</summary>
public enum DotAddend
{
    /// <summary>Its own sum, or 0 where it is told to begin anew.</summary>
    OwnSum,

    /// <summary>The sum of the unit before it in a chain.</summary>
    Chain,

    /// <summary>Nothing: the first unit of a chain.</summary>
    Nothing,
}

/// <summary>
/// Eight products and an addend in one sum, registered: the bits of all partial products and of the addend meet in one tree of full
/// adders, which the library has a cell for. Latency 1.
/// </summary>
/// <param name="SumBits">Bits of the sum; what lies beyond is dropped.</param>
public sealed record DotUnit(OperandFormat Operands, ProductForm Form, DotAddend Addend, int SumBits) : Module
{
    /// <summary>Products of a unit.</summary>
    public const int Products = 8;

    private PartialProducts Partial => new(Operands, Form);

    public int ActivationBits => Products * Operands.ActivationBits;

    /// <summary>Bits of the weights as a unit takes them: encoded, if its products are Booth rows.</summary>
    public int WeightBits => Products * Partial.EncodedBits;

    /// <summary>Bits of one activation.</summary>
    public int FactorBits => Operands.ActivationBits;

    /// <summary>Bits of one weight, not encoded.</summary>
    public int OtherFactorBits => Operands.WeightBits;

    public int ProductCount => Products;

    /// <summary>Booth digits of a weight.</summary>
    public int Digits => Operands.WeightBits / 2;

    public bool IsBooth => Form == ProductForm.Booth;

    public bool UsesOperator => Form == ProductForm.Operator;

    public bool AddsOwnSum => Addend == DotAddend.OwnSum;

    public bool AddsNothing => Addend == DotAddend.Nothing;

    public bool AddsChain => Addend == DotAddend.Chain;

    /// <summary>Of all bits; empty where the synthesis tool is to find its own.</summary>
    public CompressorTree Tree => UsesOperator ? new CompressorTree([], 0) : new CompressorTree(Weighted(), Products * Partial.Constant);

    public override string Name =>
        $"dot_{Form}_{Addend}_w{Operands.WeightBits}a{Operands.ActivationBits}s{SumBits}".ToLowerInvariant();

    public override string Template => "baseline/dot_unit.v.scriban";

    public override IReadOnlyList<StructureTerm> Structure =>
        [new("partial products", Products * Partial.Bits), new("sum", SumBits), new("addend", AddsNothing ? 0 : SumBits)];

    public override IReadOnlyList<Child> Children =>
    [
        .. Tree.Adders.Index().Where(a => a.Item is { Kind: "full", Carry: not "" })
            .Select(a => new Child($"u_adder_{a.Index}", new FullAdder())),
    ];

    private List<TreeBit>[] Weighted()
    {
        List<TreeBit>[] columns = [.. Enumerable.Range(0, SumBits).Select(_ => new List<TreeBit>())];
        for (var column = 0; column < SumBits && !AddsNothing; column++)
            columns[column].Add(new TreeBit($"addend[{column}]", AddsOwnSum ? 0.5 : 0));
        for (var product = 0; product < Products; product++)
        {
            foreach (var (weight, bit) in Partial.Of(product).Where(b => b.Weight < SumBits))
                columns[weight].Add(bit);
        }

        return columns;
    }
}
