using LutDla.Mapping.Streams;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Cosimulation;

public sealed class StreamSimulatorTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    public static MatrixTheoryData<int, ulong> WidthsAndSeeds { get; } = new([1, 8, 13, 33, 64, 65, 5000], [0, 1, 2]);

    [Theory]
    [MemberData(nameof(WidthsAndSeeds))]
    public async Task Every_payload_arrives_unchanged(int bits, ulong stallSeed)
    {
        var stimuli = SampleDesign.RandomBeats(bits, 300, seed: bits);

        var run = await (await BuildAsync(SampleDesign.Text, bits)).RunAsync(SampleDesign.Request(stimuli, stallSeed), Cancellation);

        Assert.Null(run["out"].FirstDifference(SampleDesign.Inverted(stimuli)));
        Assert.Equal(300, run["in"].Count);
        Assert.Equal(300, run["seen"].Count);
        Assert.Equal(run["in"].Cycles, run["seen"].Cycles);
        Assert.All(Enumerable.Range(0, 300), k => Assert.Equal(1 + (stimuli[k][0] & 1), run["seen"][k][0]));
    }

    [Fact]
    public async Task Without_stalls_a_transfer_leaves_in_every_cycle_one_cycle_after_it_came()
    {
        var run = await RunAsync(SampleDesign.Text, stallSeed: 0);
        Assert.Equal(Enumerable.Range(0, 200).Select(k => (long)k), run["in"].Cycles);
        Assert.Equal(Enumerable.Range(1, 200).Select(k => (long)k), run["out"].Cycles);
        Assert.Equal(201 + 8, run.Cycles);
    }

    // A beat of 24 bits crosses in three cycles, and comes when the last of it and the latency are over.
    [Fact]
    public async Task Beats_come_as_fast_as_the_port_brings_them()
    {
        var run = await RunAsync(new SharedPort(1, Latency: 10, new Dictionary<string, int> { ["in"] = 24 }));

        Assert.Equal(Enumerable.Range(0, 200).Select(k => 12L + 3 * k), run["in"].Cycles);
        Assert.Equal(Enumerable.Range(0, 200).Select(k => 13L + 3 * k), run["out"].Cycles);
    }

    // Two beats of 16 bits come in cycles 0 to 3, before the first result can go; then results and stimuli have their turns of two cycles.
    [Fact]
    public async Task Streams_of_one_port_have_their_turns()
    {
        var run = await RunAsync(new SharedPort(1, Latency: 0, new Dictionary<string, int> { ["in"] = 16, ["out"] = 16 }));

        Assert.Equal([1, 3, .. Enumerable.Range(2, 198).Select(k => 4L * k - 1)], run["in"].Cycles);
        Assert.Equal([2, .. Enumerable.Range(1, 199).Select(k => 4L * k)], run["out"].Cycles);
    }

    // A second run after a reset is as the first.
    [Fact]
    public async Task A_reset_empties_the_port()
    {
        var port = new SharedPort(1, Latency: 7, new Dictionary<string, int> { ["in"] = 20, ["out"] = 12 });
        var (whole, cut) = (await RunAsync(port), await RunAsync(port, resetAt: 333));

        Assert.Equal(333, cut.BeforeReset?.Cycles);
        Assert.Equal(whole["in"].Cycles, cut["in"].Cycles);
        Assert.Equal(whole["out"].Cycles, cut["out"].Cycles);
    }

    [Fact]
    public async Task A_seed_repeats_its_run_and_another_gives_another()
    {
        var (first, again, other) = (
            await RunAsync(SampleDesign.Text, 3), await RunAsync(SampleDesign.Text, 3), await RunAsync(SampleDesign.Text, 4));
        Assert.Equal(first["out"].Cycles, again["out"].Cycles);
        Assert.Equal(first["in"].Cycles, again["in"].Cycles);
        Assert.NotEqual(first["out"].Cycles, other["out"].Cycles);
        Assert.True(first.Cycles > 2 * 200, $"half of the cycles should be stalled: {first.Cycles}");
    }

    // Without stalls, so that no offer waits: one that waits shows the change, too.
    [Fact]
    public async Task Data_that_follow_a_ready_are_named()
    {
        var e = await FailureAsync("assign out_data_o = ~data_q;", "assign out_data_o = out_ready_i ? ~data_q : data_q;", stallSeed: 0);
        Assert.Contains("out_data_o follows out_ready_i", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assign out_valid_o = valid_q;", "assign out_valid_o = valid_q && out_ready_i;", "out_valid_o follows out_ready_i")]
    [InlineData(
        "assign in_ready_o = !valid_q || out_ready_i;", "assign in_ready_o = in_valid_i && (!valid_q || out_ready_i);",
        "in_ready_o follows in_valid_i")]
    [InlineData("else if (in_ready_o) valid_q", "else valid_q", "out: an offered transfer was withdrawn before it was taken")]
    [InlineData(
        "if (in_valid_i && in_ready_o) data_q", "if (in_valid_i) data_q", "out: an offered transfer was changed before it was taken")]
    [InlineData("if (!rst_ni) valid_q <= 1'b0;", "if (!rst_ni) valid_q <= 1'b1;", "reset: out_valid_o is high")]
    [InlineData("assign seen_valid_o = rst_ni &&", "assign seen_valid_o = !rst_ni ||", "reset: seen_valid_o is high")]
    public async Task A_broken_handshake_rule_is_named(string sound, string broken, string message)
    {
        var e = await FailureAsync(sound, broken);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_that_needs_a_clock_edge_is_found()
    {
        var text = SampleDesign.Text.Replace("@(posedge clk_i or negedge rst_ni)", "@(posedge clk_i)", StringComparison.Ordinal);
        var simulator = await BuildAsync(text, 8);
        var failures = 0;
        for (var seed = 1; seed <= 8; seed++) // the register powers up at random
        {
            try
            {
                await simulator.RunAsync(
                    SampleDesign.Request(SampleDesign.RandomBeats(8, 5, 1), 0) with { PowerUpSeed = seed }, Cancellation);
            }
            catch (SimulationFailedException e)
            {
                Assert.Equal("reset: out_valid_o is high", e.Message);
                failures++;
            }
        }

        Assert.InRange(failures, 1, 7);
    }

    [Fact]
    public async Task A_run_without_an_end_tells_how_far_every_stream_came()
    {
        var e = await FailureAsync(
            "else if (in_ready_o) valid_q <= in_valid_i;", "else if (in_ready_o) valid_q <= in_valid_i && in_data_i[0];");
        Assert.Matches("^no end after 12864 cycles: in sent 200 of 200, out received [0-9]+ of 200, seen received 200$", e.Message);
        Assert.Equal(200, e.Partial["seen"].Count);
        Assert.InRange(e.Partial["out"].Count, 1, 199);
    }

    [Fact]
    public async Task A_transfer_too_many_is_found_while_draining()
    {
        var simulator = await BuildAsync(SampleDesign.Text, 8);
        var request = SampleDesign.Request(
            SampleDesign.RandomBeats(8, 6, 1), 0) with { Expected = new Dictionary<string, long> { ["out"] = 5 } };
        var e = await Assert.ThrowsAsync<SimulationFailedException>(() => simulator.RunAsync(request, Cancellation));
        Assert.Equal("cycle 6: out: offers a transfer after the 5 expected", e.Message);
    }

    [Fact]
    public async Task Stimuli_of_another_width_are_refused()
    {
        var simulator = await BuildAsync(SampleDesign.Text, 8);
        var e = await Assert.ThrowsAsync<ToolException>(() => simulator.RunAsync(SampleDesign.Request(new BeatList(9), 0), Cancellation));
        Assert.Contains("no input stream in of 9 bits", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_of_a_run_can_be_traced()
    {
        using var scratch = new ScratchFolder();
        var simulator = await BuildAsync(SampleDesign.Text, 5000);
        var request = SampleDesign.Request(SampleDesign.RandomBeats(5000, 50, 1), 5);
        Assert.Null(await simulator.TraceAsync(request, new TraceWindow(20, 22), scratch.File("w.vcd"), cancellation: Cancellation));

        var lines = await File.ReadAllLinesAsync(scratch.File("w.vcd"), Cancellation);
        Assert.Equal(["#200", "#205", "#210", "#215", "#220", "#225"], lines.Where(l => l.StartsWith('#')));
        Assert.Contains(lines, l => l.Contains("data_q [4999:0]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_design_shows_the_message_of_the_tool()
    {
        var e = await Assert.ThrowsAsync<ToolException>(
            () => BuildAsync(SampleDesign.Text.Replace("~data_q", "data_p", StringComparison.Ordinal), 8));
        Assert.Contains("data_p", e.Message, StringComparison.Ordinal);
        Assert.Contains("verilator --cc", e.Message, StringComparison.Ordinal);
    }

    private static async Task<SimulationFailedException> FailureAsync(string sound, string broken, ulong stallSeed = 1)
    {
        Assert.Contains(sound, SampleDesign.Text, StringComparison.Ordinal);
        return await Assert.ThrowsAsync<SimulationFailedException>(
            () => RunAsync(SampleDesign.Text.Replace(sound, broken, StringComparison.Ordinal), stallSeed));
    }

    private static async Task<SimulationRun> RunAsync(string text, ulong stallSeed) =>
        await (await BuildAsync(text, 8)).RunAsync(SampleDesign.Request(SampleDesign.RandomBeats(8, 200, 7), stallSeed), Cancellation);

    private static Task<StreamSimulator> BuildAsync(string text, int bits) =>
        StreamSimulator.BuildAsync(SampleDesign.Of(text, bits), SimulatorEffort.QuickBuild, ContentCache.Default, Cancellation);

    private static async Task<SimulationRun> RunAsync(SharedPort port, long? resetAt = null)
    {
        var simulator = await BuildAsync(SampleDesign.Text, 8);
        var request = SampleDesign.Request(SampleDesign.RandomBeats(8, 200, 1), stallSeed: 0);
        return await simulator.RunAsync(request with { Port = port, ResetAt = resetAt }, Cancellation);
    }
}
