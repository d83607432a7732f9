using System.Globalization;
using System.Text.RegularExpressions;
using LutDla.Exploration.Liberty;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Netlists;

/// <summary>A netlist without modules: cells, black boxes, and the nets between them, which are numbers.</summary>
internal sealed partial class FlatNetlist
{
    /// <summary>Nets that are always 0 and always 1; whatever nobody drives is 0.</summary>
    public const int Zero = 0;
    public const int One = 1;

    private const string Low = "1'b0";
    private const string High = "1'b1";

    private readonly Dictionary<string, NetlistModule> _modules;
    private readonly Dictionary<string, NetlistModule> _boxes;
    private readonly LibertyLibrary _library;
    private readonly List<FlatCell> _cells = [];
    private readonly List<FlatCell> _blackBoxes = [];
    private readonly List<int> _parents = [Zero, One]; // of sets of nets that are one

    private FlatNetlist(Netlist netlist, Netlist blackBoxes, LibertyLibrary library)
    {
        _library = library;
        _modules = netlist.Modules.ToDictionary(m => m.Id, StringComparer.Ordinal);
        _boxes = blackBoxes.Modules.DistinctBy(m => m.Id).Where(m => !library.Cells.ContainsKey(m.Id) && !_modules.ContainsKey(m.Id))
            .ToDictionary(m => m.Id, StringComparer.Ordinal);
    }

    public IReadOnlyList<FlatCell> Cells => _cells;

    public IReadOnlyList<FlatCell> BlackBoxes => _blackBoxes;

    /// <summary>Ports of the top, their nets from bit 0 on.</summary>
    public IReadOnlyDictionary<string, int[]> Inputs { get; private set; } = new Dictionary<string, int[]>();

    /// <inheritdoc cref="Inputs"/>
    public IReadOnlyDictionary<string, int[]> Outputs { get; private set; } = new Dictionary<string, int[]>();

    /// <summary>Numbers of nets are below it.</summary>
    public int NetCount { get; private set; }

    /// <param name="blackBoxes">Ports of the modules that the netlist does not define.</param>
    /// <exception cref="ToolException">An instance is of no known cell or module.</exception>
    public static FlatNetlist Of(Netlist netlist, Netlist blackBoxes, string top, LibertyLibrary library)
    {
        var flat = new FlatNetlist(netlist, blackBoxes, library);
        var module = flat._modules[top];
        var nets = new Dictionary<NetBit, int>();
        flat.Visit(module, "", nets);
        int[] Port(string name) => [.. module.Bits(name).Select(bit => flat.NetOf(nets, bit)).Reverse()];
        flat.Inputs = module.Inputs.ToDictionary(p => p, Port, StringComparer.Ordinal);
        flat.Outputs = module.Outputs.ToDictionary(p => p, Port, StringComparer.Ordinal);
        flat.Number();
        return flat;
    }

    private void Visit(NetlistModule module, string place, Dictionary<NetBit, int> nets)
    {
        foreach (var line in module.Assignments)
        {
            var sides = line.Trim()["assign ".Length..].TrimEnd(';').Split(" = ");
            foreach (var (left, right) in Bits(module, sides[0]).Zip(Bits(module, sides[1])))
                Join(NetOf(nets, left), NetOf(nets, right));
        }

        foreach (var instance in module.Instances)
        {
            if (_modules.TryGetValue(instance.Type, out var inner))
                Visit(inner, Below(place, instance), Connected(module, nets, instance, inner));
            else if (_library.Cells.ContainsKey(instance.Type))
                _cells.Add(Cell(module, place, nets, instance));
            else if (_boxes.ContainsKey(instance.Type))
                _blackBoxes.Add(Cell(module, Below(place, instance), nets, instance));
            else
                throw new ToolException($"The library has no cell for {instance.Type}, which synthesis left over.");
        }
    }

    private static string Below(string place, NetlistInstance instance)
    {
        var name = Index().Replace(instance.Name, "[*]");
        return place.Length == 0 ? name : $"{place}.{name}";
    }

    private Dictionary<NetBit, int> Connected(
        NetlistModule module, Dictionary<NetBit, int> nets, NetlistInstance instance, NetlistModule inner)
    {
        var innerNets = new Dictionary<NetBit, int>();
        foreach (var (port, expression) in instance.Connections)
        {
            foreach (var (inside, outside) in inner.Bits(port).Zip(Bits(module, expression)))
                innerNets[inside] = NetOf(nets, outside);
        }

        return innerNets;
    }

    private FlatCell Cell(NetlistModule module, string place, Dictionary<NetBit, int> nets, NetlistInstance instance) => new(
        instance.Type, module.Id, place,
        instance.Connections.ToDictionary(
            c => c.Port, c => Bits(module, c.Expression).Select(bit => NetOf(nets, bit)).Reverse().ToArray(), StringComparer.Ordinal));

    // A constant of several bits is several; x and z are as good as 0.
    private static IEnumerable<NetBit> Bits(NetlistModule module, string expression)
    {
        foreach (var bit in module.Bits(expression))
        {
            if (!bit.IsConstant)
            {
                yield return bit;
                continue;
            }

            var parts = bit.Name.Split("'b");
            if (parts.Length != 2)
                throw new ToolException($"The netlist has a constant that is not binary: {bit.Name}");
            foreach (var digit in parts[1].PadLeft(int.Parse(parts[0], CultureInfo.InvariantCulture), '0'))
                yield return new NetBit(digit == '1' ? High : Low, null);
        }
    }

    private int NetOf(Dictionary<NetBit, int> nets, NetBit bit)
    {
        if (bit.IsConstant)
            return bit.Name == High ? One : Zero;
        if (nets.TryGetValue(bit, out var net))
            return net;
        _parents.Add(_parents.Count);
        return nets[bit] = _parents.Count - 1;
    }

    private int Root(int net)
    {
        while (_parents[net] != net)
            net = _parents[net] = _parents[_parents[net]];
        return net;
    }

    // The smaller number wins, so that constants stay what they are.
    private void Join(int a, int b)
    {
        var (first, second) = (Root(a), Root(b));
        _parents[Math.Max(first, second)] = Math.Min(first, second);
    }

    private void Number()
    {
        var numbers = new Dictionary<int, int> { [Zero] = Zero, [One] = One };
        foreach (var nets in _cells.Concat(_blackBoxes).SelectMany(c => c.Pins.Values).Concat(Inputs.Values).Concat(Outputs.Values))
        {
            for (var k = 0; k < nets.Length; k++)
            {
                var root = Root(nets[k]);
                if (!numbers.TryGetValue(root, out var number))
                    numbers[root] = number = numbers.Count;
                nets[k] = number;
            }
        }

        NetCount = numbers.Count;
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}

/// <summary>A cell or a black box.</summary>
/// <param name="Type">Name of the cell.</param>
/// <param name="Module">Which it stands in, as Yosys names it.</param>
/// <param name="Place">
/// Names of instances down to that module, or to the black box itself, with a star for each index; empty in the top.
/// </param>
/// <param name="Pins">Their nets, from bit 0 on.</param>
internal sealed record FlatCell(string Type, string Module, string Place, IReadOnlyDictionary<string, int[]> Pins);
