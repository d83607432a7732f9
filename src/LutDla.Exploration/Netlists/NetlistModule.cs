namespace LutDla.Exploration.Netlists;

/// <summary>A module of a mapped netlist.</summary>
/// <param name="Id">Without the backslash of an escaped name: as Yosys names it.</param>
/// <param name="Header">Its first line.</param>
internal sealed record NetlistModule(string Id, string Header)
{
    /// <summary>Lines that declare ports and wires.</summary>
    public List<string> Declarations { get; } = [];

    public Dictionary<string, (int Left, int Right)> Ranges { get; } = new(StringComparer.Ordinal);

    public List<string> Inputs { get; } = [];

    public HashSet<string> Outputs { get; } = new(StringComparer.Ordinal);

    public List<NetlistInstance> Instances { get; } = [];

    /// <summary>Lines that connect wires to ports.</summary>
    public List<string> Assignments { get; } = [];

    public IEnumerable<NetBit> Bits(string expression) => NetExpression.Bits(expression, Ranges);
}
