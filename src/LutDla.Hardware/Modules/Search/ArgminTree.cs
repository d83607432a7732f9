namespace LutDla.Hardware.Modules.Search;

/// <summary>The index of the smallest distance; the lowest index wins a tie.</summary>
public sealed record ArgminTree(int Inputs, int DistanceBits) : Cell
{
    /// <summary>Comparators between two registers, at most.</summary>
    public int StageLevels => 4;

    public int Levels => BitWidth.TreeLevels(Inputs);

    /// <summary>Cycles.</summary>
    public int Latency => Division.RoundedUp(Levels, StageLevels);

    public override IReadOnlyList<StructureTerm> Structure => 
    [
        new("comparators", (Inputs - 1) * DistanceBits), new("distance multiplexers", (Inputs - 2) * DistanceBits),
        new("index multiplexers", IndexBitsBelow), new("registers", RegisterBits),
    ];

    public override string Name => "argmin_tree";

    public override IReadOnlyList<ModuleParameter> Parameters =>
    [
        new(nameof(Inputs), Inputs), new(nameof(Levels), Levels),
        new(nameof(StageLevels), StageLevels), new(nameof(DistanceBits), DistanceBits),
    ];

    // A node of level l chooses between two indices of l - 1 bits; a level has half the nodes of the one below.
    private long IndexBitsBelow => Enumerable.Range(1, Levels).Sum(level => (long)Nodes(level) * (level - 1));

    // The last level keeps no distance.
    private long RegisterBits => Enumerable.Range(1, Levels).Where(level => level % StageLevels == 0 || level == Levels)
        .Sum(level => (long)Nodes(level) * (level + (level == Levels ? 0 : DistanceBits)));

    private int Nodes(int level) => Division.RoundedUp(Inputs, 1 << level);
}
