using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules;
using LutDla.Rtl.Rendering;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Core;

/// <summary>The tree of records against what Yosys makes of the Verilog: which modules, where, with which parameters, how often.</summary>
public sealed class ModuleTreeTests
{
    private const int SampleCount = 56;

    private static readonly Dictionary<string, DesignConfig> Configs = Repository.Configs.Select(DesignFile.Load)
        .Concat(Designs.Simulated.Values).Concat(Designs.Sample(SampleCount)).ToDictionary(c => c.Name);

    public static TheoryData<string> Names { get; } = [.. Configs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_tree_is_the_hierarchy_that_yosys_elaborates(string name)
    {
        var core = HardwareCore.From(Configs[name]);
        var hierarchy = await ElaboratedHierarchy.ReadAsync(
            core.TopName, new DesignRenderer(TemplateRenderer.Default).Render(core), TestContext.Current.CancellationToken);

        Assert.Equal(
            Lines(hierarchy.Modules()),
            Lines(core.Top.Occurrences().Select(o => (o.Path, o.Module.NameIn(core.Name), o.Module.Parameters, o.Count))));
    }

    private static List<string> Lines(
        IEnumerable<(string Path, string Name, IReadOnlyList<ModuleParameter> Parameters, long Count)> modules) =>
    [
        .. modules
            .GroupBy(m => $"{m.Path}: {m.Name} {string.Join(", ", m.Parameters.Select(p => $"{p.Name}={p.Value}").Order())}")
            .Select(g => $"{g.Key} x {g.Sum(m => m.Count)}")
            .Order(StringComparer.Ordinal),
    ];
}
