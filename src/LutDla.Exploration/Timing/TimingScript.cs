using System.Globalization;

namespace LutDla.Exploration.Timing;

/// <summary>Writes the Tcl script of a timing run; a pure function.</summary>
internal static class TimingScript
{
    public const string Library = "used.lib";
    public const string Netlist = "netlist.v";
    public const string Hierarchy = "hierarchy.txt";
    public const string ModuleMark = "paths into module ";

    /// <param name="period">In nanoseconds.</param>
    /// <param name="driver">The cell that drives each input, if the library has a buffer.</param>
    public static string Of(string top, double period, string? driver) => string.Create(CultureInfo.InvariantCulture, $$"""
        read_liberty {{Library}}
        read_verilog {{Netlist}}
        link_design {{top}}
        create_clock -name clk_i -period {{period}} [get_ports clk_i]
        foreach port [all_inputs] {
          set name [get_property $port full_name]
          if {$name eq "rst_ni"} {
            set_false_path -from $port
          } elseif {$name ne "clk_i"} {
            set_input_delay 0 -clock clk_i $port
            {{(driver is null ? "" : $"set_driving_cell -lib_cell {driver} $port")}}
          }
        }
        set_output_delay 0 -clock clk_i [all_outputs]

        # Number of the module and path of each instance of one.
        set hierarchy [open {{Hierarchy}}]
        while {[gets $hierarchy line] >= 0} {
          regexp {^(\d+) (.*)$} $line all number path
          set module_of($path) $number
        }

        # A path belongs to the module that its last register is in.
        set ends($module_of()) [all_outputs]
        foreach pin [all_registers -edge_triggered -data_pins] {
          regsub {/?[^/]*/[^/]*$} [get_property $pin full_name] {} path
          lappend ends($module_of($path)) $pin
        }
        foreach number [array names ends] {
          puts "{{ModuleMark}}$number"
          report_checks -path_delay max -digits 4 -fields {capacitance net} -no_line_splits -to $ends($number)
        }

        """);
}
