namespace LutDla.Hardware.Modules.Matching;

/// <summary>The exact sum of signed table entries, in one or two registered stages.</summary>
public sealed record AdderTree(int Inputs, int InputBits) : Cell
{
    public int SumBits => BitWidth.ForSum(Inputs, InputBits);

    /// <summary>Addends that meet between two registers, at most.</summary>
    public int StageInputs => 4;

    /// <summary>Cycles.</summary>
    public int Latency => Parts == 1 ? 1 : 2;

    public override IReadOnlyList<StructureTerm> Structure => [];

    public override string Name => "adder_tree";

    public override IReadOnlyList<ModuleParameter> Parameters =>
    [
        new(nameof(Inputs), Inputs), new(nameof(InputBits), InputBits),
        new(nameof(StageInputs), StageInputs), new(nameof(SumBits), SumBits),
    ];

    public override IReadOnlyList<Child> Children => [.. FullParts, .. LastPart, .. Total];

    private int Parts => Division.RoundedUp(Inputs, StageInputs);

    private Child[] FullParts => Inputs / StageInputs is > 0 and var full ? [Part(StageInputs, full)] : [];

    private Child[] LastPart => Inputs % StageInputs is > 0 and var rest ? [Part(rest, 1)] : [];

    private Child[] Total => Parts > 1 ? [new("gen_two_stages.u_total", new AdderPart(Parts, SumBits, SumBits))] : [];

    private Child Part(int inputs, int count) => new("gen_part[*].u_part", new AdderPart(inputs, InputBits, SumBits), count);
}
