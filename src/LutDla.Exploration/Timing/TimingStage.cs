namespace LutDla.Exploration.Timing;

/// <summary>A cell of a path and the net that it drives.</summary>
/// <param name="Cell">Instance, with the instances that it is in.</param>
/// <param name="CellType">Name in the library.</param>
/// <param name="Net">Empty for an output that drives none.</param>
/// <param name="FanOut">Pins that the net drives.</param>
/// <param name="LoadPicofarads">Capacitance of these pins.</param>
public sealed record TimingStage(string Cell, string CellType, string Net, int FanOut, double LoadPicofarads, double Nanoseconds);
