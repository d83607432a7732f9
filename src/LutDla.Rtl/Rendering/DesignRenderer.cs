using System.Text.RegularExpressions;
using LutDla.Hardware;
using LutDla.Hardware.Modules;

namespace LutDla.Rtl.Rendering;

/// <summary>Renders a core into its source files: a pure function; who calls it writes them.</summary>
public sealed partial class DesignRenderer(TemplateRenderer templates)
{
    private const string TemplateSuffix = ".scriban";

    /// <summary>Every module in the tree, one a file, sorted by file name; each has the design's name as its prefix.</summary>
    public IReadOnlyList<VerilogFile> Render(Core core) => RenderTree(core.Name, core.Top);

    /// <summary>A module of a design and all below it, one a file, sorted by file name.</summary>
    /// <param name="design">Its name.</param>
    public IReadOnlyList<VerilogFile> RenderTree(string design, Module top) =>
    [
        .. top.Occurrences()
            .Select(o => o.Module)
            .DistinctBy(m => m.Name)
            .OrderBy(m => m.Name, StringComparer.Ordinal)
            .Select(m => Render(design, m)),
    ];

    /// <summary>One module of a design, without those that it instantiates.</summary>
    /// <param name="design">Its name.</param>
    public VerilogFile Render(string design, Module module) =>
        new($"{module.NameIn(design)}.v", Prefix().Replace(Text(module), $"{design}_"));

    private string Text(Module module) => module.Template.EndsWith(TemplateSuffix, StringComparison.Ordinal)
        ? templates.Render(module.Template, new Dictionary<string, Module> { [VariableOf(module.Template)] = module })
        : templates.Copy(module.Template);

    // imm/imm.v.scriban calls its module imm.
    private static string VariableOf(string template) => Path.GetFileName(template).Split('.')[0];

    // What modules are called in templates and cells.
    [GeneratedRegex(@"\blutdla_(?=\w)")]
    private static partial Regex Prefix();
}
