namespace LutDla.Baseline.Arrays;

/// <summary>A bit to be added.</summary>
/// <param name="Wire">Its name in Verilog.</param>
/// <param name="Arrival">When it is there, in delays of a full adder.</param>
internal readonly record struct TreeBit(string Wire, double Arrival);
