using LutDla.Boundary;
using LutDla.Exploration.Synthesis;
using LutDla.Exploration.Timing;
using LutDla.Rtl;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Synthesis;

public sealed class StaticTimingTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_slowest_path_of_a_latch_design_ends_in_a_flip_flop_and_not_in_a_latch()
    {
        var mapped = await MapAsync(StoreDesign.Latches, SynthesisTarget.ForLiberty(Libraries.Sky130));
        var report = await StaticTiming.RunAsync(mapped, 10_000, Cancellation);
        var path = report.Slowest;
        Assert.NotNull(path);
        Assert.InRange(path.ArrivalNanoseconds, 1.0, 5.0);
        Assert.InRange(path.SlackNanoseconds, 5.0, 9.0); // time that a latch borrows would show as 0
    }

    [Fact]
    public async Task A_shorter_period_takes_as_much_from_the_slack()
    {
        var mapped = await MapAsync(StoreDesign.FlipFlops, SynthesisTarget.ForLiberty(Libraries.Osu018));
        var (slow, fast) = (await SlowestAsync(mapped, 10_000), await SlowestAsync(mapped, 9_000));
        Assert.NotNull(slow);
        Assert.NotNull(fast);
        Assert.Equal(1.0, slow.SlackNanoseconds - fast.SlackNanoseconds, 3);
        Assert.Equal(slow.ArrivalNanoseconds, fast.ArrivalNanoseconds);
    }

    [Fact]
    public async Task Gates_without_delays_have_no_timing()
    {
        var mapped = await MapAsync(StoreDesign.FlipFlops, SynthesisTarget.Generic);
        await Assert.ThrowsAsync<InvalidInputException>(() => StaticTiming.RunAsync(mapped, 10_000, Cancellation));
    }

    private static async Task<TimingPath?> SlowestAsync(MappedDesign mapped, int picoseconds) =>
        (await StaticTiming.RunAsync(mapped, picoseconds, Cancellation)).Slowest;

    private static Task<MappedDesign> MapAsync(VerilogFile[] files, SynthesisTarget target) =>
        YosysSynthesis.RunAsync(
            new SynthesisRequest { Top = "store", ClockGate = StoreDesign.GateModule, Files = files, Target = target },
            ContentCache.Default, Cancellation);
}
