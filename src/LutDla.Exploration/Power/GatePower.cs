using LutDla.Boundary;
using LutDla.Exploration.Netlists;
using LutDla.Exploration.Synthesis;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Power;

/// <summary>Runs what the ports of a design did through its gates, and adds up what that costs.</summary>
public static class GatePower
{
    private const string Clock = "clk_i";
    private const string Reset = "rst_ni";

    // Changes of the clock before the first step, in reset.
    private const int ResetEdges = 5;

    /// <param name="portTrace">
    /// A waveform (VCD) of the ports of the same design: a step after each change of the clock, the first one with the clock high,
    /// straight after a reset.
    /// </param>
    /// <param name="clockNanoseconds">Period of the clock.</param>
    /// <param name="countsGlitches">Gates have the delays of the library, so that a net may change more than once in a step.</param>
    /// <exception cref="InvalidInputException">The target has no Liberty file, or one without what is needed.</exception>
    /// <exception cref="ToolException">The gates do something else than the waveform says.</exception>
    public static PowerReport Of(MappedDesign design, string portTrace, double clockNanoseconds, bool countsGlitches = false)
    {
        var library = design.Target.Library ?? throw new InvalidInputException("target", "technology", design.Target.Name,
            "Power needs cells with energies.", "Synthesise to a Liberty file.");
        var flat = FlatNetlist.Of(
            Netlist.Parse(File.ReadAllText(design.NetlistPath)), Netlist.Parse(File.ReadAllText(design.BlackBoxesPath)),
            design.Report.Top, library);
        var units = PowerLibrary.Of(library);
        var reader = new CellModelReader(library);
        var models = new Dictionary<string, CellModel>(StringComparer.Ordinal);
        var graph = GateGraph.Of(flat, type => models.TryGetValue(type, out var model) ? model : models[type] = reader.Read(type));
        MacroModel[] macros = [.. flat.BlackBoxes.Select(box => new MacroModel(box))];
        var top = (Place: "", Module: design.Report.Top);
        (string Place, string Module)[] places = [top, .. flat.Cells.Select(c => (c.Place, c.Module)).Distinct().Where(p => p != top)];
        var numbers = places.Index().ToDictionary(p => p.Item, p => p.Index);
        var clock = flat.Inputs[Clock][0];
        var nets = new NetLoads(graph, units);
        var meter = new EnergyMeter(graph, nets, units, [.. flat.Cells.Select(c => numbers[(c.Place, c.Module)])], clock);
        var gates = new GateSimulation(graph, macros, countsGlitches ? nets.Delays : null);
        var cycles = Run(flat, gates, macros, meter, PortTrace.Read(portTrace), clockNanoseconds);

        double Milliwatts(double[] picojoules, int place) => cycles == 0 ? 0 : picojoules[place] / (cycles * clockNanoseconds);
        return new(
            library.Name, units.Volts, cycles, clockNanoseconds,
            [
                .. places.Select((at, p) => new PlacePower(at.Place, new(
                    YosysModule.ReadableNameOf(at.Module), Milliwatts(meter.Switching, p), Milliwatts(meter.Internal, p),
                    Milliwatts(meter.Clocking, p), Milliwatts(meter.Leakage, p)))),
            ],
            [
                .. macros.GroupBy(m => (m.Type, m.Place)).Select(kind => new MacroAccess(
                    YosysModule.ReadableNameOf(kind.Key.Type), kind.Key.Place, kind.Count(), kind.First().WordBits,
                    kind.Sum(m => m.Reads), kind.Sum(m => m.Writes))),
            ],
            [.. Notes(macros.Length > 0, countsGlitches)]);
    }

    private static long Run(
        FlatNetlist flat, GateSimulation gates, MacroModel[] macros, EnergyMeter meter,
        IEnumerable<IReadOnlyDictionary<string, string>> steps, double clockNanoseconds)
    {
        var clock = flat.Inputs[Clock][0];
        var reset = flat.Inputs[Reset][0];
        for (var edge = 0; edge <= ResetEdges; edge++)
            gates.Step(clock, (byte)(edge % 2), []);
        foreach (var macro in macros)
            macro.ForgetAccesses();
        gates.Step(clock, 1, [(reset, 1)]);
        meter.Start(gates);
        gates.AfterChanges = () => meter.Count(gates, nanoseconds: 0);

        var ports = new Dictionary<string, string>(StringComparer.Ordinal);
        var count = 0L;
        foreach (var step in steps)
        {
            foreach (var (port, bits) in step)
                ports[port] = bits;
            var level = (byte)(ports[Clock] == "1" ? 1 : 0);
            gates.Step(clock, level, [.. step.Where(p => p.Key != Clock).SelectMany(p => Bits(flat.Inputs, p.Key, p.Value))]);
            meter.Count(gates, clockNanoseconds / 2);
            if (level == 0)
                Compare(flat, gates, ports, count / 2);
            count++;
        }

        return count / 2;
    }

    private static IEnumerable<(int Net, byte Value)> Bits(IReadOnlyDictionary<string, int[]> ports, string port, string bits) =>
        ports.TryGetValue(port, out var nets) ? nets.Select((net, k) => (net, (byte)(bits[^(k + 1)] - '0'))) : [];

    // The data of a stream that offers nothing may be anything.
    private static void Compare(FlatNetlist flat, GateSimulation gates, Dictionary<string, string> ports, long cycle)
    {
        foreach (var (port, nets) in flat.Outputs)
        {
            if (port.EndsWith("_data_o", StringComparison.Ordinal) && ports[port[..^"data_o".Length] + "valid_o"] == "0")
                continue;
            for (var k = 0; k < nets.Length; k++)
            {
                if (gates[nets[k]] != ports[port][^(k + 1)] - '0')
                    throw new ToolException($"Cycle {cycle}: bit {k} of {port} is {gates[nets[k]]} in the gates, not so in the source.");
            }
        }
    }

    private static IEnumerable<string> Notes(bool hasMacros, bool countsGlitches)
    {
        yield return "Cells and the pins on their nets: no wires, no clock tree.";
        yield return countsGlitches
            ? "Gates have the delays of the library, the clock has none: glitches are counted."
            : "Gates without delays: glitches are not counted.";
        if (hasMacros)
            yield return "Memory macros are not in the power; their accesses are told.";
    }
}
