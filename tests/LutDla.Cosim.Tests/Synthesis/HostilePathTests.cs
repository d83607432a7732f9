using LutDla.Exploration.Synthesis;
using LutDla.Exploration.Timing;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Synthesis;

/// <summary>The path of the cache is a text that Yosys, Tcl and a shell would run, and is run by none.</summary>
public sealed class HostilePathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("[exec touch @]")]
    [InlineData("c;touch @;d $(touch @) \"\n!touch @\n")]
    public async Task Synthesis_and_timing_run_in_it(string name)
    {
        var marker = _folder.File("marker");
        var cache = new ContentCache(_folder.File(name.Replace("@", marker, StringComparison.Ordinal)));
        var request = new SynthesisRequest { Top = "store", Files = StoreDesign.FlipFlops, Target = SynthesisTarget.ForLiberty(Libraries.Osu018) };

        var mapped = await YosysSynthesis.RunAsync(request, cache, TestContext.Current.CancellationToken);
        var timing = await StaticTiming.RunAsync(mapped, 10_000, TestContext.Current.CancellationToken);

        Assert.NotNull(timing.Slowest);
        Assert.False(File.Exists(marker));
    }
}
