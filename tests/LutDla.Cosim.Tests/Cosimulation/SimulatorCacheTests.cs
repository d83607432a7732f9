using LutDla.Mapping.Streams;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Cosimulation;

public sealed class SimulatorCacheTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_second_build_of_the_same_content_does_not_compile_and_a_damaged_one_does()
    {
        using var cache = new ContentCache(_scratch.Path);
        Assert.False((await BuildAsync(cache, SampleDesign.Text)).WasCached);
        Assert.True((await BuildAsync(cache, SampleDesign.Text)).WasCached);
        Assert.False((await BuildAsync(cache, SampleDesign.Text.Replace("~data_q", "data_q", StringComparison.Ordinal))).WasCached);
        Assert.Single(Directory.GetDirectories(_scratch.File("runtimes")));
        cache.Dispose();

        foreach (var simulator in Directory.GetFiles(_scratch.File("simulators"), "simulator", SearchOption.AllDirectories))
            await File.WriteAllBytesAsync(simulator, (await File.ReadAllBytesAsync(simulator, Cancellation))[..5000], Cancellation);
        var mended = await BuildAsync(new ContentCache(_scratch.Path), SampleDesign.Text);
        Assert.False(mended.WasCached);
        Assert.Null((await RunAsync(mended))["out"].FirstDifference(SampleDesign.Inverted(Stimuli)));
    }

    [Fact]
    public async Task Two_processes_may_build_the_same_content_at_the_same_time()
    {
        // Two caches share nothing but the folder, as two processes do.
        var simulators = await Task.WhenAll(
            BuildAsync(new ContentCache(_scratch.Path), SampleDesign.Text), BuildAsync(new ContentCache(_scratch.Path), SampleDesign.Text));

        foreach (var simulator in simulators)
            Assert.Null((await RunAsync(simulator))["out"].FirstDifference(SampleDesign.Inverted(Stimuli)));

        Assert.Single(Directory.GetDirectories(_scratch.File("simulators")));
    }

    private static BeatList Stimuli => SampleDesign.RandomBeats(8, 20, 1);

    private static Task<SimulationRun> RunAsync(StreamSimulator simulator) => simulator.RunAsync(SampleDesign.Request(Stimuli, 1), Cancellation);

    private static Task<StreamSimulator> BuildAsync(ContentCache cache, string text) =>
        StreamSimulator.BuildAsync(SampleDesign.Of(text, 8), SimulatorEffort.QuickBuild, cache, Cancellation);
}
