using LutDla.Boundary;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Netlists;
using LutDla.Rtl;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Synthesis;

/// <summary>Makes a mapped design simulatable: the netlist and the function of each cell in it, without delays.</summary>
public static class GateLevelModel
{
    private const string Library = "used.lib";
    private const string Cells = "cells.v";

    // Of a clock gate that only flip-flops hang on.
    private const string OfFlipFlops = "_of_flip_flops";

    /// <returns>Verilog whose top module has the ports of the source, so that the same vectors run on both.</returns>
    /// <exception cref="InvalidInputException">The target has no Liberty file.</exception>
    public static async Task<IReadOnlyList<VerilogFile>> FilesAsync(MappedDesign design, CancellationToken cancellation = default)
    {
        var library = design.Target.Library ?? throw new InvalidInputException("target", "technology", design.Target.Name,
            "Gate-level simulation needs cells with a function.", "Synthesise to a Liberty file.");
        var netlist = Netlist.Parse(await File.ReadAllTextAsync(design.NetlistPath, cancellation));
        TellClockGatesApart(netlist, library);
        var used = design.Report.CellTypes.Keys.Where(library.Cells.ContainsKey).ToHashSet(StringComparer.Ordinal);
        return
        [
            new VerilogFile("netlist.v", netlist.ToString()),
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

    private static void TellClockGatesApart(Netlist netlist, LibertyLibrary library)
    {
        foreach (var module in netlist.Modules)
        {
            for (var i = 0; i < module.Instances.Count; i++)
            {
                if (library.Cells.GetValueOrDefault(module.Instances[i].Type)?.ClockGate is { } pins
                    && IsOfFlipFlops(module, module.Instances[i], pins.Output, library))
                {
                    module.Instances[i] = module.Instances[i] with { Type = module.Instances[i].Type + OfFlipFlops };
                }
            }
        }
    }

    private static bool IsOfFlipFlops(NetlistModule module, NetlistInstance gate, string output, LibertyLibrary library)
    {
        var clock = gate.Connections.Where(c => c.Port == output).SelectMany(c => module.Bits(c.Expression)).Single();
        return !module.Outputs.Contains(clock.Name.TrimStart('\\'))
            && module.Assignments.TrueForAll(line => !line.Contains(clock.Name, StringComparison.Ordinal))
            && module.Instances.Where(instance => instance != gate).All(instance => instance.Connections
                .Where(c => module.Bits(c.Expression).Contains(clock))
                .All(c => library.Cells.GetValueOrDefault(instance.Type) is { IsFlipFlop: true } cell && cell.Clocks.Contains(c.Port)));
    }

    // Without delays, a register that samples a latch at the edge that opens it must win: hence an assignment that waits for it. Flip-flops
    // behind a gate must sample with all others, so that their gate does not wait.
    private static string ClockGate(LibertyCell cell) => cell.ClockGate is not { } pins ? "" : $$"""
        module \{{cell.Name}} (\{{pins.Clock}} , \{{pins.Enable}} , \{{pins.Output}} );
          input \{{pins.Clock}} , \{{pins.Enable}} ;
          output \{{pins.Output}} ;
          reg gated;
          always @(posedge \{{pins.Clock}} or negedge \{{pins.Clock}} ) gated <= \{{pins.Clock}} && \{{pins.Enable}} ;
          assign \{{pins.Output}} = gated;
        endmodule

        module \{{cell.Name}}{{OfFlipFlops}} (\{{pins.Clock}} , \{{pins.Enable}} , \{{pins.Output}} );
          input \{{pins.Clock}} , \{{pins.Enable}} ;
          output \{{pins.Output}} ;
          reg open;
          always @* if (! \{{pins.Clock}} ) open = \{{pins.Enable}} ;
          assign \{{pins.Output}} = \{{pins.Clock}} && open;
        endmodule

        """;
}
