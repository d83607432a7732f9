using System.Text;

namespace LutDla.Exploration.Synthesis;

/// <summary>Writes the Yosys script of a synthesis; a pure function.</summary>
internal static class YosysScript
{
    public const string Netlist = "netlist.v";
    public const string Statistics = "cells.json";
    public const string Memories = "memories.json";
    public const string MappingLibrary = "mapping.lib";
    public const string LatchMap = "latches.v";
    public const string Constraints = "mapping.constr";

    /// <param name="sources">Files of the design.</param>
    /// <param name="blackBoxes">Those of them whose modules are macros.</param>
    public static string Of(SynthesisRequest request, IEnumerable<string> sources, IReadOnlyList<string> blackBoxes, TechnologyCells? cells)
    {
        var script = new StringBuilder();
        void Line(string line) => script.Append(line).Append('\n');

        if (blackBoxes.Count > 0)
            Line($"read_verilog -lib {string.Join(' ', blackBoxes)}");
        Line($"read_verilog -defer {string.Join(' ', sources.Except(blackBoxes, StringComparer.Ordinal))}");
        Line($"hierarchy -check -top {request.Top}");
        Line("proc");
        Line($"tee -q -o {Memories} stat -json");
        foreach (var module in request.Hierarchy.Kept.Concat(request.Memories.Select(m => m.Module)).Distinct(StringComparer.Ordinal))
            Line($"setattr -mod -set keep_hierarchy 1 {module} $paramod$*?{module} $paramod?{module}?*");

        Line(Mapping(request, cells));
        Line($"tee -q -o {Statistics} stat -json");
        Line($"write_verilog -noattr -noexpr -nohex -nodec {Netlist}");
        return script.ToString();
    }

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
            $"synth -noabc -top {request.Top}{flatten}",
            $"dfflibmap -liberty {MappingLibrary}",
            $"techmap -map {LatchMap}",
            "opt_clean",
            $"abc -liberty {MappingLibrary} -D {request.ClockPeriodPicoseconds} -constr {Constraints}",
            "opt_clean -purge",
            "setundef -zero",
            .. Constants(cells),
            "splitnets",
            "opt_clean -purge",
        ];
        return string.Join('\n', lines);
    }

    // A library without constant cells ties inputs to the supply by other means; such a constant has no area then.
    private static string[] Constants(TechnologyCells cells) => cells.Constant('1') is { } high && cells.Constant('0') is { } low
        ? [$"hilomap -singleton -hicell {high.Cell} {high.Pin} -locell {low.Cell} {low.Pin}"]
        : [];
}
