namespace LutDla.Hardware;

/// <summary>A port of the top module that is wider than many tools and bus standards take.</summary>
/// <param name="Name">Of the port.</param>
/// <param name="NarrowedBy">Keys of the configuration: a lower value of any makes the port narrower.</param>
public sealed record WidePort(string Name, int Bits, IReadOnlyList<string> NarrowedBy)
{
    /// <summary>AXI4-Stream blocks of FPGA vendors end at 512 bytes.</summary>
    public const int MaximumBits = 4096;

    public static IReadOnlyList<WidePort> Of(Core core) =>
        [.. core.Streams.All.Where(s => s.PayloadBits > MaximumBits).Select(s => new WidePort(s.DataPort, s.PayloadBits, s.NarrowedBy))];

    /// <summary>What to tell who generates the core.</summary>
    public string Warning => FormattableString.Invariant(
        $"{Name} has {Bits:N0} bits; many tools refuse more than {MaximumBits:N0}. Lower {string.Join(" or ", NarrowedBy)}.");
}
