using LutDla.Exploration.Liberty;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Netlists;

/// <summary>
/// Gives nets with many sinks trees of buffers. The mapper does so where a net meets logic; what goes from a register or port
/// straight to other modules it does not see. Clocks and reset are left to the clock tree.
/// </summary>
internal sealed class NetBuffering
{
    /// <summary>Sinks of a net at most.</summary>
    public const int MostSinks = 16;

    private const string Reset = "rst_ni";

    private readonly Netlist _netlist;
    private readonly IReadOnlyDictionary<string, LibertyCell> _cells;
    private readonly LibertyCell _buffer;
    private readonly Dictionary<string, NetlistModule> _modules;
    private readonly Dictionary<string, HashSet<string>> _clockPorts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _added = new(StringComparer.Ordinal);

    private NetBuffering(Netlist netlist, Netlist blackBoxes, LibertyLibrary library, LibertyCell buffer)
    {
        (_netlist, _cells, _buffer) = (netlist, library.Cells, buffer);
        _modules = netlist.Modules.Concat(blackBoxes.Modules).DistinctBy(m => m.Id).ToDictionary(m => m.Id, StringComparer.Ordinal);
    }

    /// <param name="blackBoxes">Ports of the modules that the netlist does not define.</param>
    /// <returns>Buffers added, by module.</returns>
    /// <exception cref="ToolException">An instance is of no known cell or module.</exception>
    public static IReadOnlyDictionary<string, int> Insert(Netlist netlist, Netlist blackBoxes, LibertyLibrary library, LibertyCell buffer)
    {
        var buffering = new NetBuffering(netlist, blackBoxes, library, buffer);
        foreach (var module in netlist.Modules)
            buffering.Buffer(module);
        return buffering._added;
    }

    private void Buffer(NetlistModule module)
    {
        foreach (var (net, places) in Sinks(module).Where(s => s.Value.Count > MostSinks))
        {
            if (!net.IsConstant && net.Name != Reset && !places.Any(p => IsClock(module.Instances[p.Instance], p.Connection)))
                Grow(module, net, places);
        }
    }

    private Dictionary<NetBit, List<Sink>> Sinks(NetlistModule module)
    {
        var sinks = new Dictionary<NetBit, List<Sink>>();
        for (var i = 0; i < module.Instances.Count; i++)
        {
            var instance = module.Instances[i];
            for (var c = 0; c < instance.Connections.Count; c++)
            {
                var (port, expression) = instance.Connections[c];
                if (IsOutput(instance.Type, port))
                    continue;
                var place = 0;
                foreach (var bit in module.Bits(expression))
                {
                    if (!sinks.TryGetValue(bit, out var places))
                        sinks[bit] = places = [];
                    places.Add(new Sink(i, c, place++));
                }
            }
        }

        return sinks;
    }

    // From the leaves up: each buffer takes neighbours in the order of the netlist, until few enough are left for the net itself.
    private void Grow(NetlistModule module, NetBit net, List<Sink> sinks)
    {
        var (input, output) = (_buffer.Inputs[0], _buffer.Outputs.Keys.First());
        while (sinks.Count > MostSinks)
        {
            var branches = new List<Sink>();
            foreach (var group in sinks.Chunk(MostSinks))
            {
                var number = _added[module.Id] = _added.GetValueOrDefault(module.Id) + 1;
                var branch = new NetBit($"branch_{number}_", null);
                module.Declarations.Add($"  wire {branch};");
                foreach (var sink in group)
                    Reconnect(module, sink, branch);
                var buffer = new NetlistInstance(_buffer.Name, $"buffer_{number}_");
                buffer.Connections.AddRange([(input, $"{net}"), (output, $"{branch}")]);
                module.Instances.Add(buffer);
                branches.Add(new Sink(module.Instances.Count - 1, 0, 0));
            }

            sinks = branches;
        }
    }

    private static void Reconnect(NetlistModule module, Sink sink, NetBit branch)
    {
        var connections = module.Instances[sink.Instance].Connections;
        var (port, expression) = connections[sink.Connection];
        NetBit[] bits = [.. module.Bits(expression)];
        bits[sink.Place] = branch;
        connections[sink.Connection] = (port, NetExpression.Of(bits));
    }

    private bool IsOutput(string type, string port) =>
        _cells.TryGetValue(type, out var cell) ? cell.Outputs.ContainsKey(port)
        : _modules.TryGetValue(type, out var module) ? module.Outputs.Contains(port)
        : throw new ToolException($"The library has no cell for {type}, which synthesis left over.");

    private bool IsClock(NetlistInstance instance, int connection) => IsClock(instance.Type, instance.Connections[connection].Port);

    private bool IsClock(string type, string port) => _cells.TryGetValue(type, out var cell)
        ? cell.Clocks.Contains(port) || cell.Latch?.Enable == port || cell.ClockGate?.Clock == port
        : ClockPorts(_modules[type]).Contains(port);

    // Ports that lead to a clock pin. A black box has the one that the wrapper of macros calls so.
    private HashSet<string> ClockPorts(NetlistModule module)
    {
        if (_clockPorts.TryGetValue(module.Id, out var known))
            return known;
        var ports = new HashSet<string>(module.Inputs.Where(p => p == "clk_i"), StringComparer.Ordinal);
        foreach (var instance in module.Instances)
        {
            var clocks = instance.Connections.Where(c => IsClock(instance.Type, c.Port)).SelectMany(c => module.Bits(c.Expression));
            ports.UnionWith(clocks.Select(b => b.Name));
        }

        return _clockPorts[module.Id] = ports;
    }

    /// <summary>Where a bit is connected: which instance, which of its connections, which bit of that.</summary>
    private readonly record struct Sink(int Instance, int Connection, int Place);
}
