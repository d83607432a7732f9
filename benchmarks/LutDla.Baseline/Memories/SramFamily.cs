using LutDla.Exploration.Memories;

namespace LutDla.Baseline.Memories;

/// <summary>Published memory macros of one kind.</summary>
/// <param name="Key">Name of the family in the table of macros.</param>
/// <param name="Title">For people.</param>
public sealed record SramFamily(string Key, string Title, SramPorts Ports)
{
    /// <summary>What the generator of the same process as the cells gives.</summary>
    public static SramFamily OpenRam { get; } =
        new("sky130_openram", "OpenRAM, SkyWater 130 nm, 1 read/write and 1 read port", SramPorts.OneReadWriteOneRead);

    /// <summary>What a foundry's own macros take, in another process of 130 nm.</summary>
    public static SramFamily Foundry { get; } =
        new("sg13g2_sram", "foundry macros, IHP SG13G2 130 nm, 1 port, two banks", SramPorts.OneReadWrite);
}
