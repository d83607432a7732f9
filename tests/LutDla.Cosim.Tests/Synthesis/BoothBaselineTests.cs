using LutDla.Baseline.Multipliers;
using LutDla.Cosim.Tests.Cosimulation;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Synthesis;
using LutDla.Exploration.Timing;
using LutDla.Hardware;
using LutDla.Mapping.Streams;
using LutDla.Rtl;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Linting;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Synthesis;

/// <summary>What the density of lookups is compared with must be a multiplier, and a small one.</summary>
public sealed class BoothBaselineTests
{
    private const int Pairs = 65536;
    private const int Held = 256;

    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private static readonly int[] Extremes = [-128, -127, -1, 0, 1, 126, 127];

    [Fact]
    public async Task It_is_clean()
    {
        var report = await Lint.RunAsync(BoothBaseline.Files(), BoothBaseline.WithOperands, ContentCache.Default, Cancellation);
        Assert.True(report.IsClean, report.ToString());
    }

    [Fact]
    public async Task It_multiplies_and_adds() =>
        await CompareAsync(new DesignUnderTest("dot_stream", [.. BoothBaseline.Files(), Stream], Streams), Pairs);

    [Fact]
    public async Task Its_gates_multiply_and_add() => await CompareGatesAsync(Libraries.Osu018, MappingGoal.Delay);

    [Fact]
    public async Task Its_smallest_gates_multiply_and_add() => await CompareGatesAsync(Libraries.Sky130, MappingGoal.Area);

    // What was found by others in the same flow and library: 14,337 um2 without operand registers, 17,768 with them, 8.2 ns.
    [Theory]
    [InlineData(BoothBaseline.Bare, 14_337)]
    [InlineData(BoothBaseline.WithOperands, 17_768)]
    public async Task It_is_smaller_than_the_smallest_known_and_meets_its_clock(string top, double known)
    {
        var mapped = await MapAsync(top, Libraries.Sky130, MappingGoal.Area);
        var slowest = (await StaticTiming.RunAsync(mapped, 10_000, Cancellation)).Slowest;

        Assert.True(mapped.Report.Area < known, $"{mapped.Report.Area} um2");
        Assert.True(slowest?.SlackNanoseconds >= 0, $"{slowest}");
    }

    private static async Task CompareGatesAsync(LibertyLibrary library, MappingGoal goal)
    {
        var mapped = await MapAsync(BoothBaseline.WithOperands, library, goal);
        var netlist = await GateLevelModel.FilesAsync(mapped, Cancellation);
        await CompareAsync(new DesignUnderTest("dot_stream", [.. netlist, Stream], Streams) { IsNetlist = true }, Pairs);
    }

    // Every pair of bytes is the first of a dot product once, with seven others. Weights are held for 256 beats; sums start anew at random.
    private static async Task CompareAsync(DesignUnderTest design, int pairs)
    {
        var (stimuli, expected) = (new BeatList(130), new BeatList(24));
        var random = new Random(1);
        var (weights, sum) = (new int[BoothBaseline.Products], 0);
        for (var pair = 0; pair < pairs; pair++)
        {
            var (clears, loads) = (pair == 0 || random.Next(80) == 0, pair % Held == 0);
            int[] operands = random.Next(4) == 0
                ? random.GetItems(Extremes, 16)
                : [.. Enumerable.Range(0, 16).Select(_ => random.Next(-128, 128))];
            operands[0] = (pair % Held) - 128;
            if (loads)
            {
                operands[8] = (pair / Held) - 128;
                weights = operands[8..];
            }

            var beat = stimuli.Add();
            for (var i = 0; i < 16; i++)
                beat[i] = (byte)(operands[i] & 0xFF);
            beat[16] = (byte)((clears ? 1 : 0) + (loads ? 2 : 0));
            sum = (clears ? 0 : sum) + Enumerable.Range(0, 8).Sum(i => operands[i] * weights[i]);
            expected.Add(sum & 0xFFFFFF);
        }

        var simulator = await StreamSimulator.BuildAsync(design, SimulatorEffort.QuickBuild, ContentCache.Default, Cancellation);
        var run = await simulator.RunAsync(SampleDesign.Request(stimuli, stallSeed: 0), Cancellation);

        Assert.Null(run["out"].FirstDifference(expected));
    }

    private static Task<MappedDesign> MapAsync(string top, LibertyLibrary library, MappingGoal goal) => YosysSynthesis.RunAsync(
        new SynthesisRequest
        {
            Top = top,
            Files = BoothBaseline.Files(),
            Target = SynthesisTarget.ForLiberty(library) with { LatchArea = 1 }, // any: one library has none, and only gates count here
            Hierarchy = HierarchyPolicy.Flatten,
            ClockGate = BoothBaseline.ClockGate,
            FullAdder = BoothBaseline.FullAdder,
            Goal = goal,
        },
        ContentCache.Default,
        Cancellation);

    private static StreamPort[] Streams => [new("in", StreamRole.Input, 130), new("out", StreamRole.Output, 24)];

    // A beat's sum leaves two cycles later; nothing waits.
    private static VerilogFile Stream => new("dot_stream.v", """
        `default_nettype none
        module dot_stream (
          input  wire clk_i,
          input  wire rst_ni,
          input  wire in_valid_i,
          output wire in_ready_o,
          input  wire [129:0] in_data_i,
          output reg  out_valid_o,
          input  wire out_ready_i,
          output wire [23:0] out_data_o
        );
          reg valid_q;
          reg clear_q;
          reg [63:0] weights_q;
          assign in_ready_o = 1'b1;
          wire unused = &{1'b0, out_ready_i};
          wire load = in_valid_i && in_data_i[129];
          booth_unit unit (
            .clk_i(clk_i), .clear_i(clear_q), .load_i(load), .activations_i(in_data_i[63:0]), .weights_i(weights_q), .sum_o(out_data_o));
          always @(posedge clk_i) begin
            clear_q <= in_data_i[128];
            if (load) weights_q <= in_data_i[127:64];
          end
          always @(posedge clk_i or negedge rst_ni) begin
            if (!rst_ni) {out_valid_o, valid_q} <= 2'b00;
            else {out_valid_o, valid_q} <= {valid_q, in_valid_i};
          end
        endmodule
        `default_nettype wire

        """);
}
