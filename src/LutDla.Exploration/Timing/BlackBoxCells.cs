using System.Text;
using LutDla.Exploration.Netlists;

namespace LutDla.Exploration.Timing;

/// <summary>
/// Liberty cells for memory macros, so that paths begin and end at them. A macro's setup and access time and the load of its
/// pins are not known here and 0.
/// </summary>
internal static class BlackBoxCells
{
    private const string Clock = "clk_i";

    /// <param name="library">Text of a Liberty file that the cells are added to.</param>
    /// <param name="boxes">Modules with their names in the netlist.</param>
    public static string AddTo(string library, IEnumerable<(string Name, NetlistModule Ports)> boxes)
    {
        var cells = new StringBuilder();
        foreach (var width in boxes.SelectMany(b => b.Ports.Ranges.Values).Select(Width).Distinct())
        {
            cells.Append($"  type (black_box_bits_{width}) {{ base_type : array; data_type : bit; bit_width : {width};");
            cells.Append($" bit_from : {width - 1}; bit_to : 0; downto : true; }}\n");
        }

        foreach (var (name, ports) in boxes)
        {
            cells.Append($"  cell ({name}) {{\n    area : 0;\n    pin ({Clock}) {{ direction : input; clock : true; capacitance : 0; }}\n");
            foreach (var port in ports.Inputs.Where(p => p != Clock))
                cells.Append(Pins(port, ports, "direction : input; capacitance : 0;", Setup));
            foreach (var port in ports.Outputs)
                cells.Append(Pins(port, ports, "direction : output;", Access));
            cells.Append("  }\n");
        }

        return library.Insert(library.LastIndexOf('}'), cells.ToString());
    }

    private static string Pins(string port, NetlistModule ports, string attributes, string timing)
    {
        var arcs = $"timing () {{ related_pin : \"{Clock}\"; {timing} }}";
        return ports.Ranges.TryGetValue(port, out var range)
            ? $"    bus ({port}) {{ bus_type : black_box_bits_{Width(range)}; {attributes} {arcs} }}\n"
            : $"    pin ({port}) {{ {attributes} {arcs} }}\n";
    }

    private static string Setup => "timing_type : setup_rising; " + Tables("rise_constraint", "fall_constraint");

    private static string Access =>
        "timing_type : rising_edge; timing_sense : non_unate; " + Tables("cell_rise", "cell_fall", "rise_transition", "fall_transition");

    private static string Tables(params IEnumerable<string> names) =>
        string.Concat(names.Select(n => $"{n} (scalar) {{ values (\"0.0\"); }} "));

    private static int Width((int Left, int Right) range) => Math.Abs(range.Left - range.Right) + 1;
}
