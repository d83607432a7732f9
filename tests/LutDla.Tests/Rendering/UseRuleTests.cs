using System.Text.RegularExpressions;
using LutDla.Hardware.Integration;

namespace LutDla.Tests.Rendering;

public sealed partial class UseRuleTests
{
    [Fact]
    public void The_document_lists_the_rules_of_use_as_the_checker_tells_them()
    {
        var listed = File.ReadLines(Repository.File("docs", "integration.md")).Select(line => Row().Match(line)).Where(m => m.Success);

        Assert.Equal(
            UseRules.All.Select(r => ($"{r.Number}", r.Name, r.Text)),
            listed.Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value)));
    }

    [Fact]
    public void Texts_of_rules_are_safe_in_a_format_string()
    {
        Assert.All(UseRules.All, r => Assert.DoesNotContain(r.Text, c => c is '"' or '%' or '\\'));
        Assert.Equal(UseRules.All.Count, UseRules.All.Select(r => r.Constant).Distinct().Count());
    }

    [GeneratedRegex(@"^\| ([0-9]+) \| `(\w+)` \| (.*) \|$")]
    private static partial Regex Row();
}
