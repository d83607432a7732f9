namespace LutDla.Hardware.Modules.Matching;

/// <summary>One lane of one row: the adder tree over the parallel subspaces, then the sum with the partial result.</summary>
public sealed record Lane(int Inputs, int InputBits, int AccumulatorBits) : Cell
{
    public AdderTree Tree => new(Inputs, InputBits);

    public override IReadOnlyList<StructureTerm> Structure =>
        [new("adder", AccumulatorBits), new("extension", AccumulatorBits - Tree.SumBits)];

    public override string Name => "lane";

    public override IReadOnlyList<ModuleParameter> Parameters =>
    [
        new(nameof(Inputs), Inputs), new(nameof(InputBits), InputBits),
        new(nameof(Tree.StageInputs), Tree.StageInputs), new(nameof(AccumulatorBits), AccumulatorBits),
    ];

    public override IReadOnlyList<Child> Children => [new("u_tree", Tree), new("u_extend", new SignExtend(Tree.SumBits, AccumulatorBits))];
}
