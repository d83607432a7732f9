using LutDla.Rtl;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Synthesis;

/// <summary>A design to synthesise and how.</summary>
public sealed record SynthesisRequest
{
    public const int DefaultClockPeriodPicoseconds = 10_000;

    /// <summary>
    /// Flip-flops that are worth a clock gate. Fewer save next to nothing more, and the clock tree that they would cost is not counted.
    /// </summary>
    public const int WorthAClockGate = 4;

    /// <summary>Name of the top module.</summary>
    public required string Top { get; init; }

    public required IReadOnlyList<VerilogFile> Files { get; init; }

    public required SynthesisTarget Target { get; init; }

    public HierarchyPolicy Hierarchy { get; init; } = HierarchyPolicy.KeepAll;

    /// <summary>Modules that stand for macros: their insides are not synthesised, and they are counted apart from the area.</summary>
    public IReadOnlyList<string> BlackBoxes { get; init; } = [];

    /// <summary>
    /// The module whose place the library's clock-gating cell takes, if there is one: ports <c>clk_i</c>, <c>enable_i</c>, <c>clk_o</c>,
    /// in a file of its name.
    /// </summary>
    public string? ClockGate { get; init; }

    /// <summary>
    /// The module whose place the library's full-adder cell takes, if there is one: ports <c>a_i</c>, <c>b_i</c>, <c>c_i</c>, <c>sum_o</c>,
    /// <c>carry_o</c>, in a file of its name.
    /// </summary>
    public string? FullAdder { get; init; }

    /// <summary>
    /// Also finds full adders among the gates of sums, and takes cells for them. A Liberty file with such a cell is needed.
    /// </summary>
    public bool ExtractsFullAdders { get; init; }

    /// <summary>
    /// Makes multipliers sums of radix-4 Booth rows. Cells of a Liberty file only; Yosys 0.55 or later.
    /// </summary>
    public bool BoothMultipliers { get; init; }

    /// <summary>
    /// Where at least so many flip-flops share clock and enable, a clock-gating cell takes the place of their enables; null: nowhere. A
    /// Liberty file with such a cell; Yosys 0.55 or later.
    /// </summary>
    public int? LeastGatedFlipFlops { get; init; }

    public MappingGoal Goal { get; init; } = MappingGoal.Delay;

    public IReadOnlyList<MemoryExpectation> Memories { get; init; } = [];

    /// <summary>Which Yosys does it.</summary>
    public ExternalTool Yosys { get; init; } = ExternalTool.Yosys;

    /// <summary>What the logic is optimised for.</summary>
    public int ClockPeriodPicoseconds { get; init; } = DefaultClockPeriodPicoseconds;

    /// <summary>The technology mapper can hang on large sums of products; when the time is over it is killed.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);
}
