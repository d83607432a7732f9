namespace LutDla.Hardware.Modules;

/// <summary>Where a module stands in a tree.</summary>
/// <param name="Path">Instance names below the root, with a star for each index; empty for the root.</param>
/// <param name="Count">How many instances that is, under all of its parents.</param>
public sealed record Occurrence(string Path, Module Module, long Count);
