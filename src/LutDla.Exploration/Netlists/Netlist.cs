using System.Globalization;
using System.Text;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Netlists;

/// <summary>Modules of instances of modules and cells, in the one form in which Yosys writes them: a connection a line.</summary>
internal sealed class Netlist
{
    private readonly List<NetlistModule> _modules = [];

    private Netlist()
    {
    }

    public IReadOnlyList<NetlistModule> Modules => _modules;

    /// <exception cref="ToolException">A line has another form.</exception>
    public static Netlist Parse(string text)
    {
        var netlist = new Netlist();
        var header = ""; // the list of a module's ports is the one thing that goes on over lines
        foreach (var line in text.Split('\n'))
        {
            header = header.Length > 0 || line.StartsWith("module ", StringComparison.Ordinal) ? header + line : "";
            if (header.Length == 0)
                netlist.Read(line.TrimEnd());
            else if (header.EndsWith(';'))
                (netlist, header) = (netlist.Begin(header), "");
        }

        return netlist;
    }

    /// <summary>Makes all instances of one type instances of another.</summary>
    public void Retype(string type, string other)
    {
        foreach (var module in _modules)
        {
            for (var i = 0; i < module.Instances.Count; i++)
            {
                if (module.Instances[i].Type == type)
                    module.Instances[i] = module.Instances[i] with { Type = other };
            }
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var module in _modules)
        {
            text.Append(module.Header).Append('\n');
            module.Declarations.ForEach(line => text.Append(line).Append('\n'));
            foreach (var instance in module.Instances)
            {
                text.Append($"  {Spell(instance.Type)} {Spell(instance.Name)} (\n    ");
                text.AppendJoin(",\n    ", instance.Connections.Select(c => $".{Spell(c.Port)}({c.Expression})")).Append("\n  );\n");
            }

            module.Assignments.ForEach(line => text.Append(line).Append('\n'));
            text.Append("endmodule\n\n");
        }

        return text.ToString();
    }

    private static string Spell(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c == '_') && !char.IsDigit(name[0]) ? name : $"\\{name} ";

    private Netlist Begin(string header)
    {
        _modules.Add(new NetlistModule(Plain(NetExpression.NameAt(header, "module ".Length)), header));
        return this;
    }

    private void Read(string line)
    {
        var first = line.TrimStart();
        if (first.Length == 0 || first.StartsWith("/*", StringComparison.Ordinal) || first is ");" or "endmodule")
            return;
        var at = line.Length - first.Length;
        if (line[at] == '.')
        {
            var port = NetExpression.NameAt(line, at + 1);
            var open = line.IndexOf('(', at + port.Length);
            _modules[^1].Instances[^1].Connections.Add((Plain(port), line[(open + 1)..line.LastIndexOf(')')]));
            return;
        }

        var word = NetExpression.NameAt(line, at);
        var next = at + word.Length;
        switch (word)
        {
            case "assign":
                _modules[^1].Assignments.Add(line);
                break;
            case "wire" or "input" or "output":
                Declare(_modules[^1], word, line, next);
                break;
            default:
                while (line[next] == ' ')
                    next++;
                if (!line.EndsWith('('))
                    throw new ToolException($"The netlist has a line of no known form: {line}");
                _modules[^1].Instances.Add(new NetlistInstance(Plain(word), Plain(NetExpression.NameAt(line, next))));
                break;
        }
    }

    private static void Declare(NetlistModule module, string kind, string line, int at)
    {
        module.Declarations.Add(line);
        at++;
        (int, int)? range = null;
        if (line[at] == '[')
        {
            var end = line.IndexOf(']', at);
            var numbers = line[(at + 1)..end].Split(':');
            range = (int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[^1], CultureInfo.InvariantCulture));
            at = end + 2;
        }

        var name = NetExpression.NameAt(line, at);
        if (range is { } given)
            module.Ranges[name] = given;
        if (kind == "input")
            module.Inputs.Add(Plain(name));
        else if (kind == "output")
            module.Outputs.Add(Plain(name));
    }

    private static string Plain(string name) => name.TrimStart('\\');
}
