namespace LutDla.Baseline.Memories;

/// <summary>Published memory macros of one kind.</summary>
/// <param name="Key">Name of the family in the table of macros.</param>
/// <param name="Title">For people.</param>
/// <param name="Banks">
/// Macros side by side for a read and a write in each cycle: 1 where a macro has two ports; 2 where it has one, and each half of the
/// words is in a bank of its own. That asks for an order of accesses in which read and write never meet in a bank.
/// </param>
public sealed record SramFamily(string Key, string Title, int Banks)
{
    /// <summary>What the generator of the same process as the cells gives.</summary>
    public static SramFamily OpenRam { get; } = new("sky130_openram", "OpenRAM, SkyWater 130 nm, 1 read/write and 1 read port", 1);

    /// <summary>What a foundry's own macros take, in another process of 130 nm.</summary>
    public static SramFamily Foundry { get; } = new("sg13g2_sram", "foundry macros, IHP SG13G2 130 nm, 1 port, two banks", 2);
}
