namespace LutDla.Rtl.Cosimulation;

/// <summary>Cycles to write to a waveform. Cycle N begins at 10 N ns; the run ends with the window.</summary>
public sealed record TraceWindow(long FromCycle, long ToCycle);
