using System.Text;
using LutDla.Exploration.Netlists;

namespace LutDla.Exploration.Synthesis;

/// <summary>Writes the Yosys script of a synthesis; a pure function.</summary>
internal static class YosysScript
{
    public const string Netlist = "netlist.v";
    public const string Statistics = "cells.json";
    public const string Memories = "memories.json";
    public const string BlackBoxes = "black_boxes.v";
    public const string MappingLibrary = "mapping.lib";
    public const string LatchMap = "latches.v";
    public const string FullAdderMap = "full_adders.v";
    public const string Constraints = "mapping.constr";

    /// <param name="sources">Files of the design.</param>
    /// <param name="declarations">The file that declares cells of the library, if there is one.</param>
    public static string Of(SynthesisRequest request, IEnumerable<string> sources, string? declarations, TechnologyCells? cells)
    {
        var script = new StringBuilder();
        void Line(string line) => script.Append(line).Append('\n');

        if (declarations is not null)
            Line($"read_verilog -lib {declarations}");
        Line($"read_verilog -defer {string.Join(' ', sources)}");
        Line($"hierarchy -check -top {request.Top}");
        foreach (var module in request.BlackBoxes)
            Line($"blackbox {Parameterisations(module)}");
        Line("proc");
        Line($"tee -q -o {Memories} stat -json");
        foreach (var module in request.Hierarchy.Kept.Concat(request.Memories.Select(m => m.Module)).Distinct(StringComparer.Ordinal))
            Line($"setattr -mod -set keep_hierarchy 1 {Parameterisations(module)}");

        Line(Mapping(request, cells));
        Line($"tee -q -o {Statistics} stat -json");
        Line($"write_verilog -noattr -noexpr -nohex -nodec {Netlist}");
        Line("select =A:blackbox");
        Line($"write_verilog -noattr -blackboxes -selected {BlackBoxes}");
        return script.ToString();
    }

    private static string Parameterisations(string module) => $"{module} $paramod$*?{module} $paramod?{module}?*";

    private static string Mapping(SynthesisRequest request, TechnologyCells? cells)
    {
        var flatten = request.Hierarchy.KeepsAll ? "" : " -flatten";
        return request.Target.Technology switch
        {
            Technology.Generic => $"synth -top {request.Top}{flatten}\nopt_clean -purge",
            Technology.Xilinx7 => $"synth_xilinx -family xc7 -top {request.Top} -noiopad -noclkbuf{flatten}",
            Technology.Ice40 => $"synth_ice40 -top {request.Top}{(request.Hierarchy.KeepsAll ? " -noflatten" : "")}",
            Technology.Liberty when cells is not null => ToLiberty(request, flatten, cells),
            _ => throw new InvalidOperationException($"No script is known for the technology {request.Target.Technology}."),
        };
    }

    private static string ToLiberty(SynthesisRequest request, string flatten, TechnologyCells cells)
    {
        string[] lines =
        [
            $"synth -noabc{(request.BoothMultipliers ? " -booth" : "")} -top {request.Top}{flatten}",
            .. request.ExtractsFullAdders && cells.FullAdder is not null
                ? (string[])["extract_fa -fa", $"techmap -map {FullAdderMap}"]
                : [],
            $"dfflibmap -liberty {MappingLibrary}",
            $"techmap -map {LatchMap}",
            "opt_clean",
            $"abc -liberty {MappingLibrary} -D {request.ClockPeriodPicoseconds} -constr {Constraints} "
                + $"-script +{Choice(request.Goal)};{Sizing}",
            "opt_clean -purge",
            "setundef -zero",
            .. Constants(cells),
            "splitnets",
            "opt_clean -purge",
        ];
        return string.Join('\n', lines);
    }

    // Commas stand for the blanks of abc's commands. After the choice of cells, each net of many sinks gets a tree of buffers,
    // also those of registers and ports (-p), and cells are made larger or smaller until the period is met.
    private static string Sizing => $"topo;buffer,-c,-p,-N,{NetBuffering.MostSinks};topo;upsize,{{D}};dnsize,{{D}}";

    private static string Choice(MappingGoal goal) => goal switch
    {
        MappingGoal.Delay => "strash;ifraig;scorr;dc2;dch,-f;map,{D}",
        MappingGoal.Area => "strash;dch;amap,-F,5,-A,20",
        _ => throw new InvalidOperationException($"The goal {goal} is not known."),
    };

    // A library without constant cells ties inputs to the supply by other means; such a constant has no area then.
    private static string[] Constants(TechnologyCells cells) => cells.Constant('1') is { } high && cells.Constant('0') is { } low
        ? [$"hilomap -singleton -hicell {high.Cell} {high.Pin} -locell {low.Cell} {low.Pin}"]
        : [];
}
