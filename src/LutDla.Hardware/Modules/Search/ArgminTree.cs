namespace LutDla.Hardware.Modules.Search;

/// <summary>The index of the smallest distance; the lowest index wins a tie.</summary>
public sealed record ArgminTree(int Inputs, int DistanceBits) : Cell
{
    /// <summary>Comparators between two registers, at most.</summary>
    public int StageLevels => 4;

    public int Levels => BitWidth.TreeLevels(Inputs);

    /// <summary>Cycles.</summary>
    public int Latency => Division.RoundedUp(Levels, StageLevels);

    public override string Name => "argmin_tree";

    public override IReadOnlyList<ModuleParameter> Parameters =>
    [
        new(nameof(Inputs), Inputs), new(nameof(Levels), Levels),
        new(nameof(StageLevels), StageLevels), new(nameof(DistanceBits), DistanceBits),
    ];
}
