// lutdla_weight_bank_flip_flop: weights that are all on the outputs at once, double-buffered in flip-flops.
// The new weights are there in the cycle after copy_i.
`default_nettype none

module lutdla_weight_bank_flip_flop #(
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
      reg [ChunkBits-1:0] shadow_q;
      reg [ChunkBits-1:0] active_q;

      always @(posedge clk_i) begin
        if (write_enable_i[k]) shadow_q <= write_data_i;
        if (copy_i) active_q <= shadow_q;
      end

      assign weights_o[k*ChunkBits +: ChunkBits] = active_q;
    end
  endgenerate

endmodule

`default_nettype wire
