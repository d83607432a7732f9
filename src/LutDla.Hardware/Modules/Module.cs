namespace LutDla.Hardware.Modules;

/// <summary>
/// A module of a core, a record a kind: it knows its parameters, the widths and the latency that follow from them, and its
/// children. Records are equal where their parameters are. Rendering, synthesis and documents walk the tree that they make.
/// </summary>
public abstract record Module
{
    /// <summary>
    /// Name of the Verilog module without the prefix of its design; two modules of one name in a design have one text. No name ends in
    /// another after an underscore, so that modules of two designs never meet, whatever the designs are called.
    /// </summary>
    public abstract string Name { get; }

    /// <summary>
    /// The file below <c>hdl-templates</c> that it is made from. One that ends in <c>.scriban</c> is rendered with this record under
    /// the file's own name (<c>imm</c> in <c>imm/imm.v.scriban</c>); any other is copied.
    /// </summary>
    public abstract string Template { get; }

    /// <summary>What an instance sets; empty where the text itself depends on the configuration.</summary>
    public virtual IReadOnlyList<ModuleParameter> Parameters => [];

    /// <summary>
    /// What the module itself is made of, without its children: what its area and power grow with, and a part that is always there. Empty
    /// where it is wires alone.
    /// </summary>
    public abstract IReadOnlyList<StructureTerm> Structure { get; }

    /// <summary>What it instantiates.</summary>
    public virtual IReadOnlyList<Child> Children => [];

    /// <summary>Name of the Verilog module in a design.</summary>
    public string NameIn(string design) => $"{design}_{Name}";

    /// <summary>This module and all below it, parents first, with how often each is there.</summary>
    public IEnumerable<Occurrence> Occurrences() => Occurrences("", "", 1);

    private IEnumerable<Occurrence> Occurrences(string path, string role, long count) =>
    [
        new(path, this, count) { Role = role },
        .. Children.SelectMany(c => c.Module.Occurrences(
            path.Length == 0 ? c.Instance : $"{path}.{c.Instance}", $"{Name}.{c.Instance}", count * c.Count)),
    ];
}
