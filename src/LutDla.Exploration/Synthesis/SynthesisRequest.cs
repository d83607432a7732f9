using LutDla.Rtl;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Synthesis;

/// <summary>A design to synthesise and how.</summary>
public sealed record SynthesisRequest
{
    public const int DefaultClockPeriodPicoseconds = 10_000;

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

    /// <summary>Multipliers become sums of Booth rows; a later Yosys is needed, 0.23 does not know how.</summary>
    public bool BoothMultipliers { get; init; }

    public MappingGoal Goal { get; init; } = MappingGoal.Delay;

    public IReadOnlyList<MemoryExpectation> Memories { get; init; } = [];

    /// <summary>Which Yosys does it.</summary>
    public ExternalTool Yosys { get; init; } = ExternalTool.Yosys;

    /// <summary>What the logic is optimised for.</summary>
    public int ClockPeriodPicoseconds { get; init; } = DefaultClockPeriodPicoseconds;

    /// <summary>The technology mapper can hang on large sums of products; when the time is over it is killed.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);
}
