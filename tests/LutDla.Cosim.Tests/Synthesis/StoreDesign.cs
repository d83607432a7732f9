using LutDla.Hardware;
using LutDla.Mapping.Streams;
using LutDla.Rtl;
using LutDla.Rtl.Cosimulation;

namespace LutDla.Cosim.Tests.Synthesis;

/// <summary>Four words of 8 bits in latches behind clock gates, and the registers around them.</summary>
internal static class StoreDesign
{
    public const string GateModule = "clock_gate";

    public static StreamPort[] Streams { get; } = [new("in", StreamRole.Input, 11), new("out", StreamRole.Output, 8)];

    public static VerilogFile[] Latches { get; } =
    [
        Store, Words("store_latch", """
              genvar w;
              generate
                for (w = 0; w < 4; w = w + 1) begin : gen_word
                  localparam [1:0] Address = w;
                  wire gate;
                  clock_gate u_gate (.clk_i(clk_i), .enable_i(write_i && address_i == Address), .clk_o(gate));
                  latch_row #(.Width(8)) u_word (.gate_i(gate), .data_i(data_q), .data_o(words[w*8 +: 8]));
                end
              endgenerate
            """), Gate, Latch,
    ];

    public static VerilogFile[] FlipFlops { get; } =
    [
        Store, Words("store_latch", """
              reg [31:0] words_q;
              assign words = words_q;
              reg [3:0] write_q;
              integer w;
              always @(posedge clk_i) begin
                for (w = 0; w < 4; w = w + 1) begin
                  write_q[w] <= write_i && address_i == w[1:0];
                  if (write_q[w]) words_q[w*8 +: 8] <= data_q;
                end
              end
            """),
    ];

    private static VerilogFile Store => new("store.v", """
        module store (
          input  wire clk_i,
          input  wire rst_ni,
          input  wire in_valid_i,
          output wire in_ready_o,
          input  wire [10:0] in_data_i,
          output wire out_valid_o,
          input  wire out_ready_i,
          output wire [7:0] out_data_o
        );
          // A command (write, address, data) is answered two cycles later by the word at its address, as it is then.
          reg write_q, read_q, answer_q;
          reg [1:0] address_q;
          reg [7:0] answer;
          wire [7:0] word;
          wire take = in_valid_i && in_ready_o;
          assign in_ready_o = !write_q && !read_q && !answer_q;
          assign out_valid_o = answer_q;
          assign out_data_o = answer;
          store_latch u_words (
            .clk_i(clk_i), .write_i(take && in_data_i[10]), .address_i(take ? in_data_i[9:8] : address_q), .data_i(in_data_i[7:0]),
            .word_o(word));
          always @(posedge clk_i or negedge rst_ni) begin
            if (!rst_ni) {write_q, read_q, answer_q} <= 3'b000;
            else begin
              write_q <= take;
              read_q <= write_q;
              answer_q <= read_q || (answer_q && !out_ready_i);
            end
          end
          always @(posedge clk_i) begin
            if (take) address_q <= in_data_i[9:8];
            if (read_q) answer <= word;
          end
        endmodule

        """);

    private static VerilogFile Gate => new("clock_gate.v", """
        module clock_gate (input wire clk_i, input wire enable_i, output wire clk_o);
          wire enable_q;
          latch_row #(.Width(1)) u_enable (.gate_i(!clk_i), .data_i(enable_i), .data_o(enable_q));
          assign clk_o = clk_i && enable_q; // no register samples a word at the edge that opens it, so the plain form does here
        endmodule

        """);

    private static VerilogFile Latch => new("latch_row.v", """
        module latch_row #(parameter Width = 1) (input wire gate_i, input wire [Width-1:0] data_i, output reg [Width-1:0] data_o);
          // verilator lint_off LATCH
          always @* if (gate_i) data_o = data_i;
          // verilator lint_on LATCH
        endmodule

        """);

    /// <summary>Random commands; the first four write every word, so that none is read before it has a value.</summary>
    public static BeatList Commands(int count)
    {
        var random = new Random(20250118);
        var commands = new BeatList(11, count);
        for (var k = 0; k < count; k++)
            commands.Add(((k < 4 ? 4L + k : random.Next(8)) << 8) | (long)random.Next(256));
        return commands;
    }

    public static BeatList Answers(BeatList commands)
    {
        var (words, answers) = (new long[4], new BeatList(8, commands.Count));
        for (var k = 0; k < commands.Count; k++)
        {
            var address = BitField.ReadUnsigned(commands[k], 8, 2);
            if (BitField.ReadUnsigned(commands[k], 10, 1) == 1)
                words[address] = BitField.ReadUnsigned(commands[k], 0, 8);
            answers.Add(words[address]);
        }

        return answers;
    }

    public static SimulationRequest Request(BeatList commands, ulong stallSeed) => new()
    {
        Stimuli = new Dictionary<string, BeatList> { ["in"] = commands },
        Expected = new Dictionary<string, long> { ["out"] = commands.Count },
        CycleBudget = 64L * commands.Count,
        Stalls = StallPattern.FromSeed(stallSeed),
        ProbeHandshake = true,
        DrainCycles = 8,
    };

    private static VerilogFile Words(string module, string storage) => new($"{module}.v", $$"""
        module {{module}} (
          input  wire clk_i,
          input  wire write_i,
          input  wire [1:0] address_i,
          input  wire [7:0] data_i,
          output wire [7:0] word_o
        );
          wire [31:0] words;
          reg [7:0] data_q;
          always @(posedge clk_i) if (write_i) data_q <= data_i;
        {{storage}}
          assign word_o = words[address_i*8 +: 8];
        endmodule

        """);
}
