using LutDla.Cosim.Tests.Linting;
using LutDla.Hardware.Configuration;
using LutDla.Rtl.Linting;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Core;

/// <summary>Every legal design is clean for Verilator, Icarus and Yosys: the edges, and a sample of the inside.</summary>
public sealed class LintMatrixTests
{
    private const int SampleCount = 56;

    public static TheoryData<string> Names { get; } = [.. Designs.Simulated.Keys, .. Designs.Sample(SampleCount).Select(d => d.Name)];

    public static TheoryData<string> FewNames { get; } = [.. Designs.Simulated.Keys, .. Designs.Sample(8).Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_legal_design_has_no_warnings(string name)
    {
        var core = HardwareCore.From(Config(name));

        var report = await Lint.RunAsync(
            new DesignRenderer(TemplateRenderer.Default).Render(core), core.TopName, ContentCache.Default,
            TestContext.Current.CancellationToken);

        Assert.True(report.IsClean, report.ToString());
    }

    [Theory]
    [MemberData(nameof(FewNames))]
    public async Task A_later_yosys_has_no_warnings_either(string name)
    {
        await LaterYosys.SkipIfMissingAsync();
        var core = HardwareCore.From(Config(name));

        var report = await Lint.RunAsync(
            new DesignRenderer(TemplateRenderer.Default).Render(core), core.TopName, ExternalTool.YowaspYosys, ContentCache.Default,
            TestContext.Current.CancellationToken);

        Assert.True(report.IsClean, report.ToString());
    }

    private static DesignConfig Config(string name) =>
        Designs.Simulated.GetValueOrDefault(name) ?? Designs.Sample(SampleCount).Single(d => d.Name == name);
}
