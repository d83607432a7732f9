namespace LutDla.Hardware.Modules;

/// <summary>Instances of a module within another.</summary>
/// <param name="Instance">Their name, below the generate blocks that they stand in: <c>gen_lane[*].u_lane</c>.</param>
/// <param name="Count">How many there are, at least one.</param>
public sealed record Child(string Instance, Module Module, int Count = 1);
