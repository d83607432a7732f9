namespace LutDla.Exploration.Synthesis;

/// <summary>A synthesised design.</summary>
/// <param name="NetlistPath">Verilog of the mapped design; read only.</param>
public sealed record MappedDesign(SynthesisReport Report, string NetlistPath, SynthesisTarget Target);
