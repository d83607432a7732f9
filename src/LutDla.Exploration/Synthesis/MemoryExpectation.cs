using LutDla.Hardware.Configuration;

namespace LutDla.Exploration.Synthesis;

/// <summary>What the memories in a module are meant to become.</summary>
/// <param name="Module">Name of the module, without parameters; it is kept in synthesis.</param>
/// <param name="Style">Must hold for every parameterisation of the module.</param>
public sealed record MemoryExpectation(string Module, MemoryStyle Style);
