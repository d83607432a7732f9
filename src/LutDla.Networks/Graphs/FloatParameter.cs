namespace LutDla.Networks.Graphs;

/// <summary>A tensor of an operation, and what it is before training: seeded normal numbers, or one number.</summary>
/// <param name="Deviation">Of the normal numbers around 0; 0: all are <paramref name="Value"/>.</param>
internal sealed record FloatParameter(string Name, long[] Shape, double Value = 0, double Deviation = 0);
