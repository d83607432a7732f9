namespace LutDla.Hardware;

/// <summary>A valid/ready stream of a module. A transfer happens on a rising clock edge with valid and ready both high.</summary>
/// <param name="Name">Prefix of the stream's ports, a Verilog identifier: <c>index</c> has <c>index_valid_i</c> and so on.</param>
/// <param name="Role">Direction, seen from the module.</param>
/// <param name="PayloadBits">Bits of one transfer, at least 1; everything that belongs to a transfer is in its payload.</param>
public sealed record StreamPort(string Name, StreamRole Role, int PayloadBits);
