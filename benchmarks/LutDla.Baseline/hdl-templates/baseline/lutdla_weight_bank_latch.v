// lutdla_weight_bank_latch: weights that are all on the outputs at once, double-buffered in latches.
// The shadow is written in the low phase of the clock (the write port is registered), the active copy is taken in the high phase
// after copy_i: the two can never be transparent together. The new weights are there in the cycle after copy_i.
`default_nettype none

module lutdla_weight_bank_latch #(
  parameter Chunks = 1,
  parameter ChunkBits = 8
) (
  input  wire clk_i,

  input  wire [Chunks-1:0] write_enable_i,
  input  wire [ChunkBits-1:0] write_data_i,

  input  wire copy_i,
  output wire [Chunks*ChunkBits-1:0] weights_o
);

  genvar k;
  generate
    for (k = 0; k < Chunks; k = k + 1) begin : gen_chunk
      wire copy;
      wire [ChunkBits-1:0] shadow;
      lutdla_clock_gate u_copy (.clk_i(clk_i), .enable_i(copy_i), .clk_o(copy));
      lutdla_latch_row #(.Width(ChunkBits)) u_shadow (
        .gate_i(write_enable_i[k] && !clk_i), .data_i(write_data_i), .data_o(shadow));
      lutdla_latch_row #(.Width(ChunkBits)) u_active (
        .gate_i(copy), .data_i(shadow), .data_o(weights_o[k*ChunkBits +: ChunkBits]));
    end
  endgenerate

endmodule

`default_nettype wire
