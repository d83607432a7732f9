using LutDla.Exploration.Netlists;
using LutDla.Exploration.Synthesis;

namespace LutDla.Exploration.Timing;

/// <summary>Which module each instance of a netlist is of.</summary>
internal sealed class ModuleHierarchy
{
    private readonly Dictionary<string, NetlistModule> _modules;
    private readonly List<string> _names = [];
    private readonly List<string> _lines = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public ModuleHierarchy(Netlist netlist, string top)
    {
        _modules = netlist.Modules.ToDictionary(m => m.Id, StringComparer.Ordinal);
        Visit(_modules[top], "");
    }

    /// <summary>Names for people.</summary>
    public IReadOnlyList<string> Modules => _names;

    /// <summary>The number of a module and the path of an instance of it, <c>3 u_drain/u_row</c>; the path of the top is empty.</summary>
    public IReadOnlyList<string> Lines => _lines;

    private void Visit(NetlistModule module, string path)
    {
        if (!_numbers.TryGetValue(module.Id, out var number))
        {
            _numbers[module.Id] = number = _names.Count;
            _names.Add(YosysModule.ReadableNameOf(module.Id));
        }

        _lines.Add($"{number} {path}");
        foreach (var instance in module.Instances)
        {
            if (_modules.TryGetValue(instance.Type, out var inner))
                Visit(inner, path.Length == 0 ? instance.Name : $"{path}/{instance.Name}");
        }
    }
}
