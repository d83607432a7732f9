using LutDla.Hardware.Configuration;
using LutDla.Hardware.Integration;
using LutDla.Hardware.Modules;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Tests.Rendering;

/// <summary>
/// The text of 65 designs and their trees of modules, by hash: a change of structure that must not change hardware shows here if it
/// does. The hashes are in tests/snapshots; <c>scripts/snapshot.sh</c> writes them anew where a change is meant. ModuleTreeTests holds
/// the trees against what Yosys elaborates.
/// </summary>
public sealed class RtlSnapshotTests
{
    private const int SampleCount = 56;

    [Fact]
    public void Every_design_renders_to_the_text_that_was_committed() => AssertKept("rtl.txt", core =>
        ContentHash.Parts(new DesignRenderer(TemplateRenderer.Default).Render(core)));

    [Fact]
    public void Every_design_has_the_tree_and_the_structure_that_were_committed() => AssertKept("trees.txt", core =>
        ((Module[])[core.Top, new CheckedCore(core), new Bench(core)]).SelectMany(top => top.Occurrences().Select(o =>
            $"{o.Count} x {top.Name} {o.Path}: {o.Module.Name} of {o.Module.Template} {string.Join(' ', o.Module.Parameters)} "
            + string.Join(' ', o.Module.Structure))));

    private static void AssertKept(string file, Func<HardwareCore, IEnumerable<string>> parts)
    {
        string[] lines = [.. Configs().Select(config => $"{config.Name} {ContentHash.Of([.. parts(HardwareCore.From(config))])}")];

        if (Environment.GetEnvironmentVariable("LUTDLA_SNAPSHOT") is { Length: > 0 } folder)
            File.WriteAllLines(Path.Combine(folder, file), lines);
        else
            Assert.Equal(File.ReadAllLines(Repository.File("tests", "snapshots", file)), lines);
    }

    private static IEnumerable<DesignConfig> Configs() =>
        [.. Repository.Configs.Select(DesignFile.Load), .. Designs.Simulated.Values, .. Designs.Sample(SampleCount)];
}
