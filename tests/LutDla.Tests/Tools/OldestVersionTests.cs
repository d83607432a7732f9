using System.Reflection;
using System.Text.RegularExpressions;
using LutDla.Rtl.Tools;

namespace LutDla.Tests.Tools;

/// <summary>docs/running.md against the versions that commands refuse.</summary>
public sealed partial class OldestVersionTests
{
    [Fact]
    public void Every_tool_has_a_row_with_the_oldest_version_that_is_taken()
    {
        var tools = typeof(ExternalTool).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => property.GetValue(null)).OfType<ExternalTool>()
            .Select(tool => (tool.Name, $"{tool.Least}")).Order();

        var rows = Rows().Matches(File.ReadAllText(Repository.File("docs", "running.md")))
            .Select(m => (m.Groups[1].Value, m.Groups[2].Value)).Order();

        Assert.Equal(tools, rows);
    }

    [GeneratedRegex(@"^\| [^|]*\(`(\S+)`\) \| ([0-9.]+) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
