namespace LutDla.Golden.Model;

/// <summary>One multiplier and shift for a whole tensor: y = clamp(round(x · Multiplier / 2^Shift)).</summary>
public sealed record TensorRescale(int Multiplier, int Shift, int OutputMinimum, int OutputMaximum);
