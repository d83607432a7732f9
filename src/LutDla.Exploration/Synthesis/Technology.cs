namespace LutDla.Exploration.Synthesis;

/// <summary>What a design is mapped to.</summary>
public enum Technology
{
    /// <summary>Yosys' own gates: counts, no area.</summary>
    Generic,

    /// <summary>The cells of a Liberty file.</summary>
    Liberty,

    /// <summary>Xilinx 7 series.</summary>
    Xilinx7,

    /// <summary>Lattice iCE40.</summary>
    Ice40,
}
