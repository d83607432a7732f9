namespace LutDla.Exploration.Synthesis;

/// <summary>A synthesised design.</summary>
/// <param name="NetlistPath">Verilog of the mapped design; read only.</param>
/// <param name="BlackBoxesPath">Verilog of the ports of the modules that the netlist does not define; read only.</param>
public sealed record MappedDesign(SynthesisReport Report, string NetlistPath, string BlackBoxesPath, SynthesisTarget Target);
