namespace LutDla.Rtl;

/// <summary>One source file of a design.</summary>
/// <param name="Name">File name without a folder, with its extension: <c>edge_latch_row.v</c>.</param>
/// <param name="Text">Verilog-2005, lines ended by a line feed.</param>
public sealed record VerilogFile(string Name, string Text);
