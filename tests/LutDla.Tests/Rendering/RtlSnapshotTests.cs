using LutDla.Hardware.Configuration;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Tests.Rendering;

/// <summary>
/// The text of 65 designs by hash: a change of structure that must not change hardware shows here if it does. The hashes are in
/// tests/snapshots/rtl.txt; <c>scripts/snapshot.sh</c> writes them anew where a change is meant.
/// </summary>
public sealed class RtlSnapshotTests
{
    private const int SampleCount = 56;

    [Fact]
    public void Every_design_renders_to_the_text_that_was_committed()
    {
        string[] lines = [.. Configs().Select(Line)];

        if (Environment.GetEnvironmentVariable("LUTDLA_SNAPSHOT") is { Length: > 0 } target)
            File.WriteAllLines(target, lines);
        else
            Assert.Equal(File.ReadAllLines(Repository.File("tests", "snapshots", "rtl.txt")), lines);
    }

    private static IEnumerable<DesignConfig> Configs() =>
        [.. Repository.Configs.Select(DesignFile.Load), .. Designs.Simulated.Values, .. Designs.Sample(SampleCount)];

    private static string Line(DesignConfig config)
    {
        var files = new DesignRenderer(TemplateRenderer.Default).Render(HardwareCore.From(config));
        return $"{config.Name} {ContentHash.Of(ContentHash.Parts(files))}";
    }
}
