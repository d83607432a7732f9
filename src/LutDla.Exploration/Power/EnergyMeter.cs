namespace LutDla.Exploration.Power;

/// <summary>
/// Adds up what the changes of a simulation cost: half of C V^2 for the pins on a net, the energies of the Liberty file for what
/// happens inside of cells, and leakage by the time in each state.
/// </summary>
internal sealed class EnergyMeter
{
    private readonly GateGraph _graph;
    private readonly int[] _places;
    private readonly Arc[][] _outputArcs; // by net: of the pin that drives it
    private readonly Arc[][][] _inputArcs; // by cell and input
    private readonly double[] _charges; // by net
    private readonly double[] _leaks; // by cell, watts
    private readonly double[] _placeLeaks;
    private readonly bool[] _isClock;

    /// <param name="places">Number of the place that each cell stands at; 0 is the top.</param>
    /// <param name="clock">Net of the clock.</param>
    public EnergyMeter(GateGraph graph, NetLoads nets, PowerLibrary units, IReadOnlyList<int> places, int clock)
    {
        (_graph, _places) = (graph, [.. places]);
        var count = _places.DefaultIfEmpty().Max() + 1;
        (Switching, Internal, Clocking, Leakage) = (new double[count], new double[count], new double[count], new double[count]);
        _charges = [.. nets.Loads.Select(load => load * units.Picofarads * units.Volts * units.Volts / 2)];
        _leaks = new double[graph.Models.Length];
        _placeLeaks = new double[count];
        _isClock = ClockNets(graph, clock);
        _outputArcs = new Arc[graph.NetCount][];
        _inputArcs = new Arc[graph.Models.Length][][];
        for (var cell = 0; cell < graph.Models.Length; cell++)
        {
            var (model, inputs, outputs) = (graph.Models[cell], graph.InputNets[cell], graph.OutputNets[cell]);
            double Slew(int related) => related >= 0
                ? nets.Slews[inputs[related]]
                : inputs.Select(n => nets.Slews[n]).DefaultIfEmpty().Average();
            for (var k = 0; k < outputs.Length; k++)
            {
                if (outputs[k] >= 0)
                    _outputArcs[outputs[k]] = Arcs(model.Outputs[k].Energies, Slew, nets.Loads[outputs[k]], units);
            }

            _inputArcs[cell] = [.. model.Inputs.Select((pin, k) => Arcs(pin.Energies, _ => nets.Slews[inputs[k]], 0, units))];
        }
    }

    /// <summary>Picojoules by place: charge of the pins on nets that are no clock. A net counts where its driver stands.</summary>
    public double[] Switching { get; }

    /// <summary>Picojoules by place: inside of cells, but for what the clock's changes cost.</summary>
    public double[] Internal { get; }

    /// <summary>Picojoules by place: nets of the clock, and the pins that it comes in at.</summary>
    public double[] Clocking { get; }

    /// <summary>Picojoules by place.</summary>
    public double[] Leakage { get; }

    /// <summary>Begins with what cells leak now.</summary>
    public void Start(GateSimulation simulation)
    {
        for (var cell = 0; cell < _leaks.Length; cell++)
            Leak(simulation, cell);
    }

    /// <summary>Counts the last step of a simulation and the time until the next.</summary>
    /// <param name="nanoseconds">That the step's state lasts.</param>
    public void Count(GateSimulation simulation, double nanoseconds)
    {
        foreach (var net in simulation.Touched)
        {
            if (simulation[net] == simulation.Before(net))
                continue;
            var driver = _graph.Drivers[net];
            var place = driver < 0 ? 0 : _places[driver];
            var inside = driver < 0 || _outputArcs[net].Length == 0 ? 0 : EnergyOf(simulation, _outputArcs[net], driver, net);
            if (_isClock[net])
            {
                Clocking[place] += _charges[net] + inside;
            }
            else
            {
                Switching[place] += _charges[net];
                Internal[place] += inside;
            }

            foreach (var (cell, pin) in _graph.Sinks[net])
            {
                if (_inputArcs[cell][pin].Length > 0)
                    (_isClock[net] ? Clocking : Internal)[_places[cell]] += EnergyOf(simulation, _inputArcs[cell][pin], cell, net);
                Leak(simulation, cell);
            }

            if (driver >= 0)
                Leak(simulation, driver);
        }

        for (var place = 0; place < _placeLeaks.Length; place++)
            Leakage[place] += _placeLeaks[place] * nanoseconds * 1000; // W ns to pJ
    }

    private static bool[] ClockNets(GateGraph graph, int clock)
    {
        var isClock = new bool[graph.NetCount];
        var open = new Stack<int>([clock]);
        while (open.TryPop(out var net))
        {
            if (isClock[net])
                continue;
            isClock[net] = true;
            foreach (var (cell, _) in graph.Sinks[net])
            {
                if (graph.Models[cell].Storage is null)
                {
                    foreach (var next in graph.OutputNets[cell].Where(n => n >= 0))
                        open.Push(next);
                }
            }
        }

        return isClock;
    }

    private static Arc[] Arcs(IReadOnlyList<EnergyArc> arcs, Func<int, double> slew, double load, PowerLibrary units) =>
    [
        .. arcs.Select(arc => new Arc(
            arc.Related, arc.When, (arc.Rise?.At(slew(arc.Related), load) ?? 0) * units.Picofarads,
            (arc.Fall?.At(slew(arc.Related), load) ?? 0) * units.Picofarads)),
    ];

    // The mean of the arcs from inputs that changed, in states that hold; those for any state only where no other does.
    private double EnergyOf(GateSimulation simulation, Arc[] arcs, int cell, int net)
    {
        var rises = simulation[net] == 1;
        if (arcs is [{ When: null } only])
            return rises ? only.Rise : only.Fall;
        var state = simulation.StateOf(cell);
        var (sum, count, best) = (0.0, 0, 0);
        foreach (var arc in arcs)
        {
            if (arc.When is { } when && (when >> state & 1) == 0)
                continue;
            var rank = (arc.Related < 0 || simulation.IsCause(cell, arc.Related, net) ? 2 : 0) + (arc.When is null ? 1 : 2);
            if (rank > best)
                (sum, count, best) = (0, 0, rank);
            if (rank < best)
                continue;
            sum += rises ? arc.Rise : arc.Fall;
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }

    private void Leak(GateSimulation simulation, int cell)
    {
        var states = _graph.Models[cell].Leakage;
        var leak = states.Count == 1 ? states[0] : states[simulation.StateOf(cell)];
        _placeLeaks[_places[cell]] += leak - _leaks[cell];
        _leaks[cell] = leak;
    }

    /// <summary>Picojoules of a change.</summary>
    private readonly record struct Arc(int Related, ulong? When, double Rise, double Fall);
}
