using System.Globalization;
using System.Text.RegularExpressions;
using LutDla.Boundary;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Synthesis;

/// <summary>
/// Static timing of a mapped design with OpenSTA. The clock is <c>clk_i</c>, ideal; inputs come with the clock edge from the
/// driver that the logic was optimised for; the asynchronous reset is no path.
/// </summary>
/// <remarks>
/// A latch lends time to the path behind it, and OpenSTA then reports its slack as 0. Paths are therefore asked for at their
/// ends, the flip-flops and outputs, to which a path through a latch is followed.
/// </remarks>
public static partial class StaticTiming
{
    private const string Library = "used.lib";
    private const string Netlist = "netlist.v";
    private const string Script = "timing.tcl";
    private const double PicosecondsPerNanosecond = 1000;

    /// <returns>Nothing if no path ends in a register or an output.</returns>
    /// <exception cref="ToolException">OpenSTA is missing or cannot read the design.</exception>
    /// <exception cref="InvalidInputException">The target has no Liberty file.</exception>
    public static async Task<TimingPath?> WorstPathAsync(MappedDesign design, int clockPeriodPicoseconds, CancellationToken cancellation = default)
    {
        var library = design.Target.Library ?? throw new InvalidInputException("target", "technology", design.Target.Name,
            "Static timing needs cells with delays.", "Synthesise to a Liberty file.");
        var driver = new TechnologyCells(design.Target, library).Driver;

        await ExternalTool.OpenSta.VersionAsync(cancellation); // that is not too old
        using var scratch = new ScratchFolder();
        await File.WriteAllTextAsync(scratch.File(Library), library.TextOf(c => c == driver || design.Report.CellTypes.ContainsKey(c.Name)), cancellation);
        File.Copy(design.NetlistPath, scratch.File(Netlist)); // a name that Tcl takes, whatever the path of the cache is
        await File.WriteAllTextAsync(scratch.File(Script), Commands(design, clockPeriodPicoseconds / PicosecondsPerNanosecond, driver?.Name), cancellation);
        string[] arguments = ["-no_init", "-no_splash", "-exit", Script];
        var output = await ExternalTool.OpenSta.RunAsync(scratch.Path, arguments, cancellation);
        return output.StandardOutput.Contains("Error", StringComparison.Ordinal)
            ? throw ExternalTool.OpenSta.Failure(scratch.Path, arguments, output) // its exit code is 0 all the same
            : WorstOf(output.StandardOutput);
    }

    private static string Commands(MappedDesign design, double period, string? driver) => string.Create(CultureInfo.InvariantCulture, $$"""
        read_liberty {{Library}}
        read_verilog {{Netlist}}
        link_design {{design.Report.Top}}
        create_clock -name clk_i -period {{period}} [get_ports clk_i]
        foreach port [all_inputs] {
          if {[get_property $port full_name] != "clk_i"} {
            set_input_delay 0 -clock clk_i $port
            {{(driver is null ? "" : $"set_driving_cell -lib_cell {driver} $port")}}
          }
        }
        set_output_delay 0 -clock clk_i [all_outputs]
        set_false_path -from [get_ports rst_ni]
        report_checks -path_delay max -digits 4 -to [concat [all_registers -edge_triggered -data_pins] [all_outputs]]

        """);

    private static TimingPath? WorstOf(string report) => Path().Matches(report)
        .Select(m => new TimingPath(m.Groups["from"].Value, m.Groups["to"].Value, Number(m.Groups["arrival"]), Number(m.Groups["slack"])))
        .MinBy(p => p.SlackNanoseconds);

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Startpoint: (?<from>\S+).*?Endpoint: (?<to>\S+).*?(?<arrival>[-\d.]+)\s+data arrival time.*?(?<slack>[-\d.]+)\s+slack", RegexOptions.Singleline)]
    private static partial Regex Path();
}
