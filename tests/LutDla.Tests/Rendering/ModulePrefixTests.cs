using System.Text.RegularExpressions;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Rtl;
using LutDla.Rtl.Rendering;

namespace LutDla.Tests.Rendering;

/// <summary>Modules of two designs never have one name, so that two cores fit into one.</summary>
public sealed partial class ModulePrefixTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("lutdla")]
    [InlineData("lutdla_lutdla")]
    [InlineData("my_lutdla_core")]
    public void Every_module_has_the_prefix_once_where_it_is_defined_and_where_it_is_used(string design)
    {
        var files = Render(design);

        Assert.All(files, f => Assert.Equal($"module {Path.GetFileNameWithoutExtension(f.Name)}", Definition().Match(f.Text).Value));
        Assert.All(files, f => Assert.StartsWith($"{design}_", f.Name, StringComparison.Ordinal));
        Assert.Equal(WithoutPrefix("other"), WithoutPrefix(design));
    }

    /// <summary>Design a with module b_c and design a_b with module c would meet in a_b_c.</summary>
    [Fact]
    public void No_name_of_a_module_ends_in_another_after_an_underscore()
    {
        var names = AllNames();

        Assert.Contains("ccm", names);
        Assert.Contains("latch_row", names);
        Assert.DoesNotContain(names, name => names.Any(other => name.EndsWith($"_{other}", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> WithoutPrefix(string design) =>
        Render(design).Select(f => Regex.Replace(f.Text, $@"\b{design}_", "prefix_"));

    private static IReadOnlyList<VerilogFile> Render(string design) =>
        new DesignRenderer(TemplateRenderer.Default).Render(Core.From(Tiny with { Name = design }));

    private static DesignConfig Tiny => DesignFile.Load(Repository.File("configs", "tiny.json"));

    // Every metric, form and style, which is every kind of module.
    private static HashSet<string> AllNames() =>
    [
        .. from metric in Enum.GetValues<DistanceMetric>()
           from unit in Enum.GetValues<SimilarityUnit>()
           from style in Enum.GetValues<MemoryStyle>()
           let codebooks = style is MemoryStyle.Latch ? style : MemoryStyle.FlipFlop
           from occurrence in Core.From(Tiny with
           {
               Similarity = Tiny.Similarity with { Metric = metric, Unit = unit },
               Memories = new() { Codebooks = codebooks, Tables = style, Scratchpad = style, IndexBuffer = style, Parameters = style },
           }).Top.Occurrences()
           select occurrence.Module.Name,
    ];

    [GeneratedRegex(@"(?<=\n)module \w+")]
    private static partial Regex Definition();
}
