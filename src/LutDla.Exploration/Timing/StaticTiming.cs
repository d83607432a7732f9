using LutDla.Boundary;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Netlists;
using LutDla.Exploration.Synthesis;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Timing;

/// <summary>
/// Static timing of a mapped design with OpenSTA. The clock is <c>clk_i</c>, ideal; inputs come with the clock edge from the
/// driver that the logic was optimised for; the asynchronous reset is no path.
/// </summary>
/// <remarks>
/// A latch lends time to the path behind it, and OpenSTA then reports its slack as 0. Paths are therefore asked for at their
/// ends, the flip-flops and outputs, to which a path through a latch is followed.
/// </remarks>
public static class StaticTiming
{
    private const string Script = "timing.tcl";
    private const double PicosecondsPerNanosecond = 1000;

    /// <exception cref="MissingToolException">OpenSTA is not installed.</exception>
    /// <exception cref="ToolException">OpenSTA cannot read the design.</exception>
    /// <exception cref="InvalidInputException">The target has no Liberty file.</exception>
    public static async Task<TimingReport> RunAsync(
        MappedDesign design, int clockPeriodPicoseconds, CancellationToken cancellation = default)
    {
        var library = design.Target.Library ?? throw new InvalidInputException("target", "technology", design.Target.Name,
            "Static timing needs cells with delays.", "Synthesise to a Liberty file.");
        var driver = new TechnologyCells(design.Target, library).Buffer;
        var netlist = Netlist.Parse(await File.ReadAllTextAsync(design.NetlistPath, cancellation));
        var blackBoxes = NamePorts(netlist, Netlist.Parse(await File.ReadAllTextAsync(design.BlackBoxesPath, cancellation)), library);
        var hierarchy = new ModuleHierarchy(netlist, design.Report.Top);
        var period = clockPeriodPicoseconds / PicosecondsPerNanosecond;

        await ExternalTool.OpenSta.VersionAsync(cancellation); // that is not too old
        using var scratch = new ScratchFolder();
        var used = library.TextOf(c => c == driver || design.Report.CellTypes.ContainsKey(c.Name));
        await File.WriteAllTextAsync(scratch.File(TimingScript.Library), BlackBoxCells.AddTo(used, blackBoxes), cancellation);
        await File.WriteAllTextAsync(scratch.File(TimingScript.Netlist), netlist.ToString(), cancellation);
        await File.WriteAllLinesAsync(scratch.File(TimingScript.Hierarchy), hierarchy.Lines, cancellation);
        await File.WriteAllTextAsync(scratch.File(Script), TimingScript.Of(design.Report.Top, period, driver?.Name), cancellation);
        string[] arguments = ["-no_init", "-no_splash", "-exit", Script];
        var output = await ExternalTool.OpenSta.RunAsync(scratch.Path, arguments, cancellation);
        if (output.StandardOutput.Contains("Error", StringComparison.Ordinal))
            throw ExternalTool.OpenSta.Failure(scratch.Path, arguments, output); // its exit code is 0 all the same

        return new TimingReport(
            period,
            [
                .. TimingReader.Paths(output.StandardOutput, hierarchy.Modules)
                    .OrderByDescending(p => p.ArrivalNanoseconds).ThenBy(p => p.Module, StringComparer.Ordinal),
            ],
            [.. Notes(blackBoxes.Count > 0)]);
    }

    // OpenSTA takes a cell for an instance only if its name has no backslash in it, as those of parameterised modules have.
    private static List<(string Name, NetlistModule Ports)> NamePorts(Netlist netlist, Netlist blackBoxes, LibertyLibrary library)
    {
        var boxes = blackBoxes.Modules.Where(m => !library.Cells.ContainsKey(m.Id)).Select((m, k) => (Name: $"black_box_{k}", Ports: m))
            .ToList();
        foreach (var (name, ports) in boxes)
            netlist.Retype(ports.Id, name);
        return boxes;
    }

    private static IEnumerable<string> Notes(bool hasMacros)
    {
        yield return "Cell delays only: no wires, an ideal clock; inputs come with the clock edge.";
        if (hasMacros)
            yield return "Memory macros take and give data at the clock edge: their setup and access times come on top.";
    }
}
