using LutDla.Hardware.Configuration;
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

        Assert.Equal(ModuleLines.Of(hierarchy.Modules()), ModuleLines.Of(core.Name, core.Top));
    }
}
