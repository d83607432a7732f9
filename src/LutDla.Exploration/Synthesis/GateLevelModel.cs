using LutDla.Boundary;
using LutDla.Exploration.Liberty;
using LutDla.Rtl;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Synthesis;

/// <summary>Makes a mapped design simulatable: the netlist and the function of each cell in it, without delays.</summary>
public static class GateLevelModel
{
    private const string Library = "used.lib";
    private const string Cells = "cells.v";

    /// <returns>Verilog whose top module has the ports of the source, so that the same vectors run on both.</returns>
    /// <exception cref="InvalidInputException">The target has no Liberty file.</exception>
    public static async Task<IReadOnlyList<VerilogFile>> FilesAsync(MappedDesign design, CancellationToken cancellation = default)
    {
        var library = design.Target.Library ?? throw new InvalidInputException("target", "technology", design.Target.Name,
            "Gate-level simulation needs cells with a function.", "Synthesise to a Liberty file.");
        var used = design.Report.CellTypes.Keys.Where(library.Cells.ContainsKey).ToHashSet(StringComparer.Ordinal);
        return
        [
            new VerilogFile("netlist.v", await File.ReadAllTextAsync(design.NetlistPath, cancellation)),
            new VerilogFile(
                Cells, await FunctionsAsync(library, used, cancellation) + string.Concat(used.Select(c => ClockGate(library.Cells[c])))),
        ];
    }

    // Yosys turns the functions, flip-flops and latches of a Liberty file into Verilog, but knows no clock gates.
    private static async Task<string> FunctionsAsync(LibertyLibrary library, HashSet<string> used, CancellationToken cancellation)
    {
        using var scratch = new ScratchFolder();
        await File.WriteAllTextAsync(
            scratch.File(Library), library.TextOf(c => used.Contains(c.Name) && c.ClockGate is null), cancellation);
        await ExternalTool.Yosys.RunAsync(
            scratch.Path, ["-q", "-p", $"read_liberty -ignore_miss_func {Library}; write_verilog -noattr {Cells}"], cancellation);
        return await File.ReadAllTextAsync(scratch.File(Cells), cancellation);
    }

    // Without delays, a register that samples a latch at the edge that opens it must win: hence an assignment that waits for it.
    private static string ClockGate(LibertyCell cell) => cell.ClockGate is not { } pins ? "" : $$"""
        module \{{cell.Name}} (\{{pins.Clock}} , \{{pins.Enable}} , \{{pins.Output}} );
          input \{{pins.Clock}} , \{{pins.Enable}} ;
          output \{{pins.Output}} ;
          reg gated;
          always @(posedge \{{pins.Clock}} or negedge \{{pins.Clock}} ) gated <= \{{pins.Clock}} && \{{pins.Enable}} ;
          assign \{{pins.Output}} = gated;
        endmodule

        """;
}
