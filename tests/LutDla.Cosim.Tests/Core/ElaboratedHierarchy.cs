using System.Globalization;
using System.Text.RegularExpressions;
using LutDla.Hardware.Modules;
using LutDla.Rtl;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Core;

/// <summary>Which modules Yosys finds in a design, with the parameters that it derived them for.</summary>
internal sealed partial class ElaboratedHierarchy
{
    private const string DumpFile = "hierarchy.rtlil";

    private readonly Dictionary<string, Elaborated> _modules = new(StringComparer.Ordinal);
    private readonly string _top;

    private ElaboratedHierarchy(string top, IEnumerable<string> lines)
    {
        _top = top;
        var module = new Elaborated("");
        foreach (var words in lines.Select(line => line.Trim().Split(' ')))
        {
            if (words is ["module", var id])
                _modules[id] = module = new Elaborated(id.Split('\\')[1]);
            else if (words is ["parameter", var parameter, var value])
                module.Parameters.Add(new ModuleParameter(parameter[1..], int.Parse(value, CultureInfo.InvariantCulture)));
            else if (words is ["cell", var type, var instance])
                module.Cells.Add((AnyIndex().Replace(instance[1..], "[*]"), type));
        }
    }

    /// <summary>Reads the files with Yosys; a design that was read once is not read again.</summary>
    public static async Task<ElaboratedHierarchy> ReadAsync(string top, IReadOnlyList<VerilogFile> files, CancellationToken cancellation)
    {
        var names = string.Join(' ', files.Select(f => f.Name));

        // Inputs are dumped so that the header of a module without instances is, too.
        var script = $"read_verilog -defer {names}; hierarchy -check -top {top}; dump -m -o {DumpFile} t:* t:$* %d t:$paramod* i:* %u %u";
        var version = await ExternalTool.Yosys.VersionAsync(cancellation);
        var folder = await ContentCache.Default.GetOrBuildAsync(
            "hierarchies", $"{top}-{ContentHash.Of([version, script, .. ContentHash.Parts(files)])}", async result =>
            {
                using var scratch = new ScratchFolder();
                foreach (var file in files)
                    await File.WriteAllTextAsync(scratch.File(file.Name), file.Text, cancellation);
                await ExternalTool.Yosys.RunAsync(scratch.Path, ["-q", "-p", script], cancellation);
                File.Move(scratch.File(DumpFile), Path.Combine(result, DumpFile));
            }, cancellation);
        return new ElaboratedHierarchy(top, await File.ReadAllLinesAsync(Path.Combine(folder.Path, DumpFile), cancellation));
    }

    /// <summary>Path (with a star for each index), name and parameters of each module below the top, and how often it is there.</summary>
    public IEnumerable<(string Path, string Name, IReadOnlyList<ModuleParameter> Parameters, long Count)> Modules() =>
        Below("", $"\\{_top}", 1);

    private IEnumerable<(string, string, IReadOnlyList<ModuleParameter>, long)> Below(string path, string id, long count)
    {
        var module = _modules[id];
        return
        [
            (path, module.Name, module.Parameters, count),
            .. module.Cells.GroupBy(c => c).SelectMany(g =>
                Below(path.Length == 0 ? g.Key.Instance : $"{path}.{g.Key.Instance}", g.Key.Id, count * g.Count())),
        ];
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex AnyIndex();

    private sealed record Elaborated(string Name)
    {
        public List<ModuleParameter> Parameters { get; } = [];

        public List<(string Instance, string Id)> Cells { get; } = [];
    }
}
