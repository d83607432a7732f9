namespace LutDla.Exploration.Synthesis;

/// <summary>Says what a cell of a mapped design is for, by its library or, for the fixed sets of an FPGA, by its name.</summary>
internal static class CellClassifier
{
    private static readonly (string Prefix, CellKind Kind)[] Generic =
    [
        ("$_DLATCH", CellKind.Latch), ("$_SR_", CellKind.Latch), ("$mem", CellKind.Ram),
        ("$_DFF", CellKind.FlipFlop), ("$_SDFF", CellKind.FlipFlop), ("$_ALDFF", CellKind.FlipFlop), ("$_FF_", CellKind.FlipFlop),
    ];

    private static readonly (string Prefix, CellKind Kind)[] Xilinx7 =
    [
        ("FD", CellKind.FlipFlop), ("LD", CellKind.Latch), ("RAM", CellKind.Ram), ("SRL", CellKind.Ram),
        ("CARRY", CellKind.Carry), ("DSP", CellKind.Multiplier),
    ];

    private static readonly (string Prefix, CellKind Kind)[] Ice40 =
    [
        ("SB_DFF", CellKind.FlipFlop), ("SB_RAM", CellKind.Ram), ("SB_SPRAM", CellKind.Ram),
        ("SB_CARRY", CellKind.Carry), ("SB_MAC", CellKind.Multiplier), ("$_DLATCH", CellKind.Latch),
    ];

    public static CellKind Of(string cell, SynthesisTarget target) => target switch
    {
        { Library: { } library } => OfLibrary(library.Cells[cell]),
        { Technology: Technology.Generic } => ByPrefix(cell, Generic),
        { Technology: Technology.Xilinx7 } => ByPrefix(cell, Xilinx7),
        { Technology: Technology.Ice40 } => ByPrefix(cell, Ice40),
        _ => throw new InvalidOperationException($"No cells are known for the technology {target.Technology}."),
    };

    private static CellKind OfLibrary(Liberty.LibertyCell cell) => cell switch
    {
        { ClockGate: not null } => CellKind.ClockGate,
        { IsFlipFlop: true } => CellKind.FlipFlop,
        { IsLatch: true } => CellKind.Latch,
        _ => CellKind.Logic,
    };

    private static CellKind ByPrefix(string cell, (string Prefix, CellKind Kind)[] prefixes) =>
        prefixes.Where(p => cell.StartsWith(p.Prefix, StringComparison.Ordinal)).Select(p => p.Kind).FirstOrDefault(CellKind.Logic);
}
