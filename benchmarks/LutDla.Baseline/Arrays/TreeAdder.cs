namespace LutDla.Baseline.Arrays;

/// <summary>An adder of a <see cref="CompressorTree"/>.</summary>
/// <param name="Kind">
/// <c>full</c>; <c>half</c>; <c>half_and_one</c> with a constant 1 for its third bit; <c>one</c> for a bit and a constant 1. Words of the
/// template.
/// </param>
/// <param name="A">Wires, the last one there in <paramref name="C"/>; empty where the kind takes fewer.</param>
/// <param name="Carry">Empty in the last weight, which drops it.</param>
public sealed record TreeAdder(string Kind, string A, string B, string C, string Sum, string Carry);
