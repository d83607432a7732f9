namespace LutDla.Exploration.Netlists;

/// <summary>One wire of a module: a net, or a bit of one, or a constant, which may be several bits wide.</summary>
/// <param name="Name">As in the netlist; an escaped name with its backslash, without the blank that ends it.</param>
/// <param name="Index">Of the bit; nothing for a net of a single bit and for a constant.</param>
internal readonly record struct NetBit(string Name, int? Index)
{
    public bool IsConstant => char.IsDigit(Name[0]);

    public override string ToString()
    {
        var name = Name[0] == '\\' ? Name + " " : Name;
        return Index is { } index ? $"{name}[{index}]" : name;
    }
}
