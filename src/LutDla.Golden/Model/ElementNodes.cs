using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>A function of each value, as a table: y = Codes[x - First]. One input, none of whose values lies outside.</summary>
/// <param name="First">The value that the first code stands for.</param>
public sealed record ElementNode(string Name, ImmutableArray<string> Inputs, int First, ImmutableArray<short> Codes) : Node(Name, Inputs);

/// <summary>
/// Product of values: y = clamp(round(a · b · multiplier / 2^shift)). Two inputs of one shape, or the second has one pixel, which meets every pixel of the first.
/// </summary>
public sealed record ProductNode(string Name, ImmutableArray<string> Inputs, TensorRescale Rescale) : Node(Name, Inputs);

/// <summary>The channels of all inputs, in order, each brought to the scale of the result. At least two inputs of as many rows and columns.</summary>
/// <param name="Rescales">One an input.</param>
public sealed record ConcatNode(string Name, ImmutableArray<string> Inputs, ImmutableArray<TensorRescale> Rescales) : Node(Name, Inputs);
