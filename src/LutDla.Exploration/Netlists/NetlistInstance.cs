namespace LutDla.Exploration.Netlists;

/// <summary>A cell or module in a module.</summary>
/// <param name="Type">Without the backslash of an escaped name.</param>
internal sealed record NetlistInstance(string Type, string Name)
{
    /// <summary>Ports and what is connected to them.</summary>
    public List<(string Port, string Expression)> Connections { get; } = [];
}
