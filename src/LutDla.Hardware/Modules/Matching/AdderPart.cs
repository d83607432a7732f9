namespace LutDla.Hardware.Modules.Matching;

/// <summary>The registered sum of up to four signed inputs.</summary>
public sealed record AdderPart(int Inputs, int InputBits, int SumBits) : Cell
{
    public override IReadOnlyList<StructureTerm> Structure => 
    [
        new("register", SumBits), new("one adder", Inputs == 2 ? SumBits : 0), new("two adders", Inputs == 3 ? SumBits : 0),
        new("three adders", Inputs == 4 ? SumBits : 0),
    ];

    public override string Name => "adder_part";

    public override IReadOnlyList<ModuleParameter> Parameters =>
        [new(nameof(Inputs), Inputs), new(nameof(InputBits), InputBits), new(nameof(SumBits), SumBits)];

    public override IReadOnlyList<Child> Children => [new("gen_input[*].u_extend", new SignExtend(InputBits, SumBits), Inputs)];
}
