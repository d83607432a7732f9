using LutDla.Hardware;
using LutDla.Hardware.Integration;
using LutDla.Rtl.Rendering;

namespace LutDla.Rtl.Cosimulation;

/// <summary>A module to simulate: it has <c>clk_i</c>, <c>rst_ni</c> (asynchronous, active low) and nothing but streams.</summary>
/// <param name="Top">Name of the module.</param>
/// <param name="Files">The module and everything below it.</param>
/// <param name="Streams">All of its streams; their ports are named as <see cref="StreamRole"/> says.</param>
public sealed record DesignUnderTest(string Top, IReadOnlyList<VerilogFile> Files, IReadOnlyList<StreamPort> Streams)
{
    /// <summary>Mapped to gates by a synthesis tool: its text is not ours to lint.</summary>
    public bool IsNetlist { get; init; }

    /// <summary>It has an input <c>end_i</c>, which goes high when all is done.</summary>
    public bool HasEnd { get; init; }

    /// <summary>The simulator counts executed lines and toggled bits, and runs slower for it.</summary>
    public bool CountsCode { get; init; }

    /// <summary>A core with its checker beside it, which ends the simulation where the core is not used as it must be.</summary>
    /// <param name="files">Of the core.</param>
    public static DesignUnderTest WithChecker(Core core, IReadOnlyList<VerilogFile> files)
    {
        var renderer = new DesignRenderer(TemplateRenderer.Default);
        var top = new CheckedCore(core);
        return new(
            top.NameIn(core.Name), [.. files, renderer.Render(core.Name, top.Checker), renderer.Render(core.Name, top)],
            [.. core.Streams.All.Select(s => s.Port)]) { HasEnd = true };
    }

    internal IEnumerable<StreamPort> StreamsOf(StreamRole role) => Streams.Where(s => s.Role == role);
}
