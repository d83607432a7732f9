namespace LutDla.Hardware.Modules;

/// <summary>Where a module stands in a tree.</summary>
/// <param name="Path">Instance names below the root, with a star for each index; empty for the root.</param>
/// <param name="Count">How many instances that is, under all of its parents.</param>
public sealed record Occurrence(string Path, Module Module, long Count)
{
    /// <summary>What it is to its parent: <c>lane.u_tree</c>, the parent's kind and the name of the instance; empty for the root.</summary>
    public string Role { get; init; } = "";
}
