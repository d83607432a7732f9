using LutDla.Hardware;

namespace LutDla.Rtl.Cosimulation;

/// <summary>A module to simulate: it has <c>clk_i</c>, <c>rst_ni</c> (asynchronous, active low) and nothing but streams.</summary>
/// <param name="Top">Name of the module.</param>
/// <param name="Files">The module and everything below it.</param>
/// <param name="Streams">All of its streams; their ports are named as <see cref="StreamRole"/> says.</param>
public sealed record DesignUnderTest(string Top, IReadOnlyList<VerilogFile> Files, IReadOnlyList<StreamPort> Streams)
{
    /// <summary>Mapped to gates by a synthesis tool: its text is not ours to lint.</summary>
    public bool IsNetlist { get; init; }

    /// <summary>The simulator counts executed lines and toggled bits, and runs slower for it.</summary>
    public bool CountsCode { get; init; }

    internal IEnumerable<StreamPort> StreamsOf(StreamRole role) => Streams.Where(s => s.Role == role);
}
