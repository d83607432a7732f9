using LutDla.Cosim.Tests.Cosimulation;
using LutDla.Hardware;
using LutDla.Mapping.Streams;
using LutDla.Rtl;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Linting;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Synthesis;

/// <summary>What the density of lookups is compared with must be a multiplier.</summary>
public sealed class BoothBaselineTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private static IEnumerable<VerilogFile> Files => Directory.EnumerateFiles(Repository.File("benchmarks", "baseline"), "*.v").Order(StringComparer.Ordinal)
        .Select(path => new VerilogFile(Path.GetFileName(path), File.ReadAllText(path)));

    [Fact]
    public async Task It_is_clean()
    {
        var report = await Lint.RunAsync([.. Files], "booth_unit", ContentCache.Default, Cancellation);
        Assert.True(report.IsClean, report.ToString());
    }

    // Every pair of bytes is the first of a dot product once, with seven others. Weights are held for 256 beats; sums start anew at random.
    [Fact]
    public async Task It_multiplies_and_adds()
    {
        var (stimuli, expected) = (new BeatList(130), new BeatList(24));
        var random = new Random(1);
        var (weights, sum) = (new sbyte[8], 0);
        for (var pair = 0; pair < 65536; pair++)
        {
            var operands = new sbyte[16];
            for (var i = 0; i < 16; i++)
                operands[i] = (sbyte)random.Next(-128, 128);
            var (clears, loads) = (pair == 0 || random.Next(20) == 0, pair % 256 == 0);
            operands[0] = (sbyte)((pair & 0xFF) - 128);
            if (loads)
                operands[8] = (sbyte)((pair >> 8) - 128);
            var beat = stimuli.Add();
            for (var i = 0; i < 16; i++)
                beat[i] = (byte)(operands[i] & 0xFF);
            beat[16] = (byte)((clears ? 1 : 0) + (loads ? 2 : 0));
            if (loads)
                weights = operands[8..];
            sum = (clears ? 0 : sum) + Enumerable.Range(0, 8).Sum(i => operands[i] * weights[i]);
            expected.Add(sum & 0xFFFFFF);
        }

        var design = new DesignUnderTest(
            "dot_stream", [.. Files, new VerilogFile("dot_stream.v", Stream)], [new StreamPort("in", StreamRole.Input, 130), new StreamPort("out", StreamRole.Output, 24)]);
        var simulator = await StreamSimulator.BuildAsync(design, SimulatorEffort.QuickBuild, ContentCache.Default, Cancellation);
        var run = await simulator.RunAsync(SampleDesign.Request(stimuli, stallSeed: 0), Cancellation);

        Assert.Null(run["out"].FirstDifference(expected));
    }

    // A beat's sum leaves two cycles later; nothing waits.
    private const string Stream = """
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
          assign in_ready_o = 1'b1;
          wire unused = &{1'b0, out_ready_i};
          booth_unit unit (
            .clock(clk_i), .clear(clear_q), .load(in_data_i[129]), .activations(in_data_i[63:0]), .weights(in_data_i[127:64]), .sum(out_data_o));
          always @(posedge clk_i) clear_q <= in_data_i[128];
          always @(posedge clk_i or negedge rst_ni) begin
            if (!rst_ni) {out_valid_o, valid_q} <= 2'b00;
            else {out_valid_o, valid_q} <= {valid_q, in_valid_i};
          end
        endmodule
        `default_nettype wire

        """;
}
