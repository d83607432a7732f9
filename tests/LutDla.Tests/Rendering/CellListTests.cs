using System.Text.RegularExpressions;

namespace LutDla.Tests.Rendering;

/// <summary>docs/cells.md against the cells themselves.</summary>
public sealed partial class CellListTests
{
    [Fact]
    public void Every_cell_has_a_row_with_its_parameters()
    {
        var cells = Directory.EnumerateFiles(Repository.File("hdl-templates", "cells"), "lutdla_*.v")
            .Order(StringComparer.Ordinal).Select(Row);

        var rows = Rows().Matches(File.ReadAllText(Repository.File("docs", "cells.md")))
            .Select(m => (m.Groups[1].Value, m.Groups[2].Value));

        Assert.Equal(cells, rows);
    }

    private static (string Name, string Parameters) Row(string path)
    {
        var parameters = Parameters().Matches(File.ReadAllText(path)).Select(m => $"`{m.Groups[1].Value}`").ToList();
        return (Path.GetFileNameWithoutExtension(path)["lutdla_".Length..], parameters.Count == 0 ? "-" : string.Join(", ", parameters));
    }

    [GeneratedRegex(@"^\| `(\w+)` \| .* \| ([^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"^\s*parameter (\w+)", RegexOptions.Multiline)]
    private static partial Regex Parameters();
}
