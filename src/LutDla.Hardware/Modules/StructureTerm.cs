namespace LutDla.Hardware.Modules;

/// <summary>An amount of something that a module is made of: bits stored, bits of adders, inputs of multiplexers.</summary>
/// <param name="Name">What it is; terms of one name in modules of two kinds may cost differently.</param>
/// <param name="Amount">At least 0.</param>
public readonly record struct StructureTerm(string Name, double Amount);
