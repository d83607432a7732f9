using LutDla.Hardware;
using LutDla.Mapping.Streams;
using LutDla.Rtl;
using LutDla.Rtl.Cosimulation;

namespace LutDla.Cosim.Tests.Cosimulation;

/// <summary>
/// A one-entry pipeline register that inverts its payload and reports the lowest bit of each transfer that it takes, one-hot.
/// </summary>
internal static class SampleDesign
{
    public const string Text = """
        `default_nettype none
        module sample (
          input  wire clk_i,
          input  wire rst_ni,
          input  wire in_valid_i,
          output wire in_ready_o,
          input  wire [WIDTH-1:0] in_data_i,
          output wire out_valid_o,
          input  wire out_ready_i,
          output wire [WIDTH-1:0] out_data_o,
          output wire seen_valid_o,
          output wire [1:0] seen_data_o
        );
          reg valid_q;
          reg [WIDTH-1:0] data_q;
          assign in_ready_o = !valid_q || out_ready_i;
          assign out_valid_o = valid_q;
          assign out_data_o = ~data_q;
          assign seen_valid_o = rst_ni && in_valid_i && in_ready_o;
          assign seen_data_o = {in_data_i[0], !in_data_i[0]};
          always @(posedge clk_i or negedge rst_ni) begin
            if (!rst_ni) valid_q <= 1'b0;
            else if (in_ready_o) valid_q <= in_valid_i;
          end
          always @(posedge clk_i) begin
            if (in_valid_i && in_ready_o) data_q <= in_data_i;
          end
        endmodule
        `default_nettype wire

        """;

    public static DesignUnderTest Of(string text, int bits) =>
        new("sample", [new VerilogFile("sample.v", text.Replace("WIDTH", $"{bits}", StringComparison.Ordinal))],
    [
        new StreamPort("in", StreamRole.Input, bits),
        new StreamPort("out", StreamRole.Output, bits),
        new StreamPort("seen", StreamRole.Monitor, 2),
    ]);

    public static BeatList RandomBeats(int bits, int count, int seed)
    {
        var random = new Random(seed);
        var beats = new BeatList(bits, count);
        for (var k = 0; k < count; k++)
        {
            var beat = beats.Add();
            random.NextBytes(beat);
            beat[^1] &= LastMask(bits);
        }

        return beats;
    }

    public static BeatList Inverted(BeatList beats)
    {
        var inverted = new BeatList(beats.PayloadBits, beats.Count);
        for (var k = 0; k < beats.Count; k++)
        {
            var beat = inverted.Add();
            for (var b = 0; b < beat.Length; b++)
                beat[b] = (byte)(beats[k][b] ^ 0xff);
            beat[^1] &= LastMask(beats.PayloadBits);
        }

        return inverted;
    }

    public static SimulationRequest Request(BeatList stimuli, ulong stallSeed) => new()
    {
        Stimuli = new Dictionary<string, BeatList> { ["in"] = stimuli },
        Expected = new Dictionary<string, long> { ["out"] = stimuli.Count },
        CycleBudget = 64L * stimuli.Count + 64,
        Stalls = StallPattern.FromSeed(stallSeed),
        ProbeHandshake = true,
        DrainCycles = 8,
    };

    private static byte LastMask(int bits) => (byte)(bits % 8 == 0 ? 0xff : (1 << (bits % 8)) - 1);
}
