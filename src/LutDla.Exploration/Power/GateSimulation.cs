namespace LutDla.Exploration.Power;

/// <summary>
/// Simulates a netlist. Without delays what a step changes settles at once, and each net changes at most once in it. With delays nets
/// change one after another, and what is shorter than a delay is lost. The clock has none in either case: registers, latches and clock
/// gates see what was there before the edge.
/// </summary>
/// <remarks>
/// A step has two parts. In the first the clock alone goes through gates and buffers, and registers note what they take. In the second
/// they give it, with the inputs that changed, and the rest follows in the order of levels.
/// </remarks>
internal sealed class GateSimulation
{
    private readonly GateGraph _graph;
    private readonly IReadOnlyList<MacroModel> _macros;
    private readonly byte[] _values;
    private readonly byte[] _before;
    private readonly bool[] _isTouched;
    private readonly byte[] _stored;
    private readonly byte[] _clocks; // of registers, latches and clock gates, as they saw them last
    private readonly bool[] _isQueued;
    private readonly List<int>[] _queue;
    private readonly List<int> _touched = [];
    private readonly List<(int Cell, byte Value)> _taken = [];
    private readonly List<int> _opened = [];
    private readonly Dictionary<int, List<MacroModel>> _macroClocks = [];
    private readonly (double Fall, double Rise)[]? _delays;
    private readonly PriorityQueue<Change, double> _changes = new();
    private readonly Change?[] _awaited; // by net: the change that is still to come
    private readonly int[] _causes; // by net: inputs of its cell, a bit each, that made it change last; with delays only
    private bool _isClockPart;
    private double _now;

    /// <param name="macros">Black boxes, which give their words after a rising clock.</param>
    /// <param name="delays">Of nets, in any unit; nothing: gates have none.</param>
    public GateSimulation(GateGraph graph, IReadOnlyList<MacroModel> macros, (double Fall, double Rise)[]? delays = null)
    {
        (_graph, _macros) = (graph, macros);
        _awaited = new Change?[graph.NetCount];
        _causes = new int[graph.NetCount];
        _values = new byte[graph.NetCount];
        _before = new byte[graph.NetCount];
        _isTouched = new bool[graph.NetCount];
        _stored = new byte[graph.Models.Length];
        _clocks = new byte[graph.Models.Length];
        _isQueued = new bool[graph.Models.Length];
        _queue = [.. Enumerable.Range(0, graph.Levels.DefaultIfEmpty().Max() + 1).Select(_ => new List<int>())];
        _values[Netlists.FlatNetlist.One] = 1;
        foreach (var macro in macros)
        {
            if (!_macroClocks.TryGetValue(macro.Clock, out var clocked))
                _macroClocks[macro.Clock] = clocked = [];
            clocked.Add(macro);
        }

        for (var cell = 0; cell < graph.Models.Length; cell++)
            Enqueue(cell);
        Propagate();
        Forget();
        _delays = delays;
    }

    /// <summary>With delays: is told when nets have changed at one time, before others change later in the same step.</summary>
    public Action? AfterChanges { get; set; }

    public byte this[int net] => _values[net];

    /// <summary>Nets that the last step changed; each once, though what it had before may be what it has again.</summary>
    public IReadOnlyList<int> Touched => _touched;

    /// <summary>What a net was before the last step.</summary>
    public byte Before(int net) => _isTouched[net] ? _before[net] : _values[net];

    /// <summary>Whether a net changed last because of an input of the cell that drives it.</summary>
    public bool IsCause(int cell, int input, int net) =>
        ((_delays is null ? ChangedInputs(cell) : _causes[net]) >> input & 1) == 1;

    /// <summary>Pins of a cell, inputs from bit 0 on, then outputs.</summary>
    public int StateOf(int cell)
    {
        var state = InputsOf(cell);
        var outputs = _graph.OutputNets[cell];
        for (var k = 0; k < outputs.Length; k++)
        {
            if (outputs[k] >= 0)
                state |= _values[outputs[k]] << (_graph.InputNets[cell].Length + k);
        }

        return state;
    }

    /// <param name="clock">Net of the clock.</param>
    /// <param name="level">What the clock is from now on.</param>
    /// <param name="inputs">What other nets from outside are from now on.</param>
    public void Step(int clock, byte level, IReadOnlyList<(int Net, byte Value)> inputs)
    {
        Forget();
        _isClockPart = true;
        Set(clock, level);
        Propagate();
        _isClockPart = false;
        foreach (var macro in _macros)
            macro.Give(this);
        foreach (var (net, value) in inputs)
            Set(net, value);
        foreach (var (cell, value) in _taken)
            Store(cell, value);
        foreach (var cell in _opened)
            Enqueue(cell);
        _taken.Clear();
        _opened.Clear();
        Propagate();
        while (_changes.TryDequeue(out var change, out _now))
        {
            if (_awaited[change.Net] == change)
                Apply(change);
        }

        _now = 0;
    }

    // All that happens at this time is one instant.
    private void Apply(Change first)
    {
        AfterChanges?.Invoke();
        Forget();
        for (var change = first; ;)
        {
            if (_awaited[change.Net] == change)
            {
                _awaited[change.Net] = null;
                _causes[change.Net] = change.Causes;
                Set(change.Net, change.Value);
            }

            if (!_changes.TryPeek(out _, out var time) || time > _now)
                break;
            change = _changes.Dequeue();
        }

        Propagate();
    }

    internal void Set(int net, byte value)
    {
        if (_values[net] == value)
            return;
        if (!_isTouched[net])
        {
            _isTouched[net] = true;
            _before[net] = _values[net];
            _touched.Add(net);
        }

        _values[net] = value;
        foreach (var (cell, _) in _graph.Sinks[net])
            Enqueue(cell);
        if (value == 1 && _macroClocks.TryGetValue(net, out var clocked))
            clocked.ForEach(macro => macro.Take(this));
    }

    private void Forget()
    {
        foreach (var net in _touched)
            _isTouched[net] = false;
        _touched.Clear();
    }

    private void Enqueue(int cell)
    {
        if (_isQueued[cell])
            return;
        _isQueued[cell] = true;
        _queue[_graph.Levels[cell]].Add(cell);
    }

    // A latch may feed back to a lower level, so it begins again until nothing is left.
    private void Propagate()
    {
        for (var again = true; again;)
        {
            again = false;
            for (var level = 0; level < _queue.Length; level++)
            {
                var cells = _queue[level];
                for (var k = 0; k < cells.Count; k++)
                {
                    _isQueued[cells[k]] = false;
                    Evaluate(cells[k]);
                }

                cells.Clear();
            }

            again = _queue.Any(cells => cells.Count > 0);
        }
    }

    private void Evaluate(int cell)
    {
        var model = _graph.Models[cell];
        if (model.Gate is not null)
            PassClock(cell, model.Gate);
        else if (model.Storage is { } storage)
            Remember(cell, storage);
        else
            Drive(cell, InputsOf(cell));
    }

    private void PassClock(int cell, CellGate gate)
    {
        var nets = _graph.InputNets[cell];
        var clock = _values[nets[gate.Clock]];
        if (clock == 1 && _clocks[cell] == 0)
            _stored[cell] = _values[nets[gate.Enable]];
        _clocks[cell] = clock;
        foreach (var net in _graph.OutputNets[cell].Where(n => n >= 0))
            Set(net, (byte)(clock & _stored[cell]));
    }

    private void Remember(int cell, CellStorage storage)
    {
        var inputs = InputsOf(cell);
        var clock = Bit(storage.Clock, inputs);
        var wasHigh = _clocks[cell] == 1;
        _clocks[cell] = clock;
        if (Bit(storage.Clear, inputs) == 1)
            Store(cell, 0);
        else if (Bit(storage.Preset, inputs) == 1)
            Store(cell, 1);
        else if (clock == 1 && _isClockPart && storage.IsLatch)
            _opened.Add(cell);
        else if (clock == 1 && _isClockPart && !wasHigh)
            _taken.Add((cell, Bit(storage.Next, inputs)));
        else if (clock == 1 && (storage.IsLatch || !wasHigh))
            Store(cell, Bit(storage.Next, inputs));
        else
            Store(cell, _stored[cell]);
    }

    private void Store(int cell, byte value)
    {
        _stored[cell] = value;
        var bits = _graph.InputNets[cell].Length;
        Drive(cell, InputsOf(cell) | value << bits | (1 - value) << (bits + 1));
    }

    private void Drive(int cell, int state)
    {
        var (outputs, models) = (_graph.OutputNets[cell], _graph.Models[cell].Outputs);
        for (var k = 0; k < outputs.Length; k++)
        {
            if (outputs[k] < 0)
                continue;
            if (_delays is null || _isClockPart)
                Set(outputs[k], Bit(models[k].Table, state));
            else
                Await(cell, outputs[k], Bit(models[k].Table, state), _delays[outputs[k]]);
        }
    }

    private void Await(int cell, int net, byte value, (double Fall, double Rise) delay)
    {
        if ((_awaited[net]?.Value ?? _values[net]) == value)
            return;
        _awaited[net] = null;
        if (_values[net] == value)
            return;
        _awaited[net] = new(net, value, ChangedInputs(cell));
        _changes.Enqueue(_awaited[net]!, _now + (value == 1 ? delay.Rise : delay.Fall));
    }

    private int InputsOf(int cell)
    {
        var nets = _graph.InputNets[cell];
        var state = 0;
        for (var k = 0; k < nets.Length; k++)
            state |= _values[nets[k]] << k;
        return state;
    }

    private int ChangedInputs(int cell)
    {
        var nets = _graph.InputNets[cell];
        var changed = 0;
        for (var k = 0; k < nets.Length; k++)
            changed |= (_values[nets[k]] ^ Before(nets[k])) << k;
        return changed;
    }

    private static byte Bit(ulong table, int state) => (byte)(table >> state & 1);

    /// <summary>A net that is to change; a class, so that one that was taken back is not taken for a later one.</summary>
    private sealed class Change(int net, byte value, int causes)
    {
        public int Net => net;

        public byte Value => value;

        public int Causes => causes;
    }
}
