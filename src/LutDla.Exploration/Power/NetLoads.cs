namespace LutDla.Exploration.Power;

/// <summary>Load, transition time and delay of each net. Wires have no capacitance here.</summary>
internal sealed class NetLoads
{
    /// <summary>Transition time of nets that come from outside, the clock among them.</summary>
    public const double OutsideNanoseconds = 0.1;

    // Loops through latches settle in the second pass.
    private const int Passes = 2;

    public NetLoads(GateGraph graph, PowerLibrary units)
    {
        Loads = [.. graph.Sinks.Select(sinks => sinks.Sum(s => graph.Models[s.Cell].Inputs[s.Pin].Capacitance))];
        Slews = new double[graph.NetCount];
        Delays = new (double, double)[graph.NetCount];
        Array.Fill(Slews, OutsideNanoseconds / units.Nanoseconds);
        int[] order = [.. Enumerable.Range(0, graph.Models.Length).OrderBy(c => graph.Levels[c])];
        for (var pass = 0; pass < Passes; pass++)
        {
            // Registers come first in the order, but their clocks may come through gates.
            foreach (var cell in order.Where(c => graph.Models[c].Gate is not null).Concat(order))
                Time(graph, units, cell);
        }
    }

    /// <summary>Capacitance of the pins on each net, in the unit of the library.</summary>
    public double[] Loads { get; }

    /// <summary>Transition times, in the unit of the library.</summary>
    public double[] Slews { get; }

    /// <summary>
    /// Nanoseconds from an input of the cell that drives a net to a fall of the net, and to a rise: the mean over the inputs.
    /// </summary>
    public (double Fall, double Rise)[] Delays { get; }

    private void Time(GateGraph graph, PowerLibrary units, int cell)
    {
        var (model, nets) = (graph.Models[cell], graph.OutputNets[cell]);
        for (var k = 0; k < nets.Length; k++)
        {
            if (nets[k] < 0 || model.Outputs[k].Times.Count == 0)
                continue;
            var load = Loads[nets[k]];
            double Slew(TimeArc arc) => Slews[graph.InputNets[cell][arc.Related]];
            double Delay(Func<TimeArc, LibertyTable?> table) =>
                model.Outputs[k].Times.Average(arc => Math.Max(0, table(arc)?.At(Slew(arc), load) ?? 0)) * units.Nanoseconds;
            Slews[nets[k]] = model.Outputs[k].Times.Max(arc => Mean(arc, Slew(arc), load));
            Delays[nets[k]] = (Delay(arc => arc.DelayOfFall), Delay(arc => arc.DelayOfRise));
        }
    }

    private static double Mean(TimeArc arc, double slew, double load) =>
        ((arc.RiseTime ?? arc.FallTime)?.At(slew, load) + (arc.FallTime ?? arc.RiseTime)?.At(slew, load)) / 2 ?? 0;
}
