using LutDla.Exploration.Liberty;

namespace LutDla.Exploration.Synthesis;

/// <summary>A technology and, for <see cref="Technology.Liberty"/>, its cells.</summary>
public sealed record SynthesisTarget
{
    private SynthesisTarget(Technology technology, LibertyLibrary? library) => (Technology, Library) = (technology, library);

    public static SynthesisTarget Generic { get; } = new(Technology.Generic, null);

    public static SynthesisTarget Xilinx7 { get; } = new(Technology.Xilinx7, null);

    public static SynthesisTarget Ice40 { get; } = new(Technology.Ice40, null);

    public Technology Technology { get; }

    /// <summary>Set for <see cref="Technology.Liberty"/> only.</summary>
    public LibertyLibrary? Library { get; }

    /// <summary>Area of a latch where the library says 0 (as osu018 does), in its unit. Without a price such a design is refused.</summary>
    public double? LatchArea { get; init; }

    /// <summary>Name patterns (<c>*</c>, <c>?</c>) of cells that must not be chosen, besides those that the library marks itself.</summary>
    public IReadOnlyList<string> ExcludedCells { get; init; } = [];

    public string Name => Library?.Name ?? Technology.ToString().ToLowerInvariant();

    public static SynthesisTarget ForLiberty(LibertyLibrary library) => new(Technology.Liberty, library);
}
