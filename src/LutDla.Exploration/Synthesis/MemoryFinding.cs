using LutDla.Hardware.Configuration;

namespace LutDla.Exploration.Synthesis;

/// <summary>What the memory of one parameterisation of a module became.</summary>
/// <param name="Module">Name with parameters.</param>
/// <param name="Meant">What it should have become.</param>
/// <param name="Bits">Of the arrays in the source; 0 where latches are instances, and for macros.</param>
/// <param name="IsAsMeant">
/// RAM: there are RAM cells, and fewer flip-flops than bits. Latches and flip-flops alike; a macro is a black box.
/// </param>
public sealed record MemoryFinding(string Module, MemoryStyle Meant, long Bits, int RamCells, int FlipFlops, int Latches, bool IsAsMeant);
