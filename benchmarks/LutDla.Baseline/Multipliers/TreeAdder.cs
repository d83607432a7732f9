namespace LutDla.Baseline.Multipliers;

/// <summary>An adder of a <see cref="CompressorTree"/>.</summary>
/// <param name="Kind"><c>full</c>, <c>half</c>, or <c>half_and_one</c> with a constant 1 for its third bit; words of the template.</param>
/// <param name="A">Wires, the last one there in <paramref name="C"/>; that is empty but for a full adder.</param>
/// <param name="Carry">Empty in the last weight, which drops it.</param>
internal sealed record TreeAdder(string Kind, string A, string B, string C, string Sum, string Carry);
