namespace LutDla.Hardware.Modules;

/// <summary>A Verilog parameter and its value.</summary>
public sealed record ModuleParameter(string Name, int Value);
