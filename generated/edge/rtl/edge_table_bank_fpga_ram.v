// edge_table_bank_fpga_ram: the table of one subspace as ping-pong halves of RAM; Reads rows are looked up in one cycle.
// Generated from hdl-templates/imm/table_bank_ram.v.scriban by LutDla; edit the template, not this file.
// Data follows index_i by a cycle; swap_i belongs to the index of the same cycle, which already reads the new half.
`default_nettype none

module edge_table_bank_fpga_ram #(
  parameter IndexBits = 1,
  parameter Chunks = 1,
  parameter ChunkBits = 8,
  parameter Reads = 1
) (
  input  wire clk_i,
  input  wire rst_ni,

  input  wire [Chunks-1:0] write_enable_i,
  input  wire [IndexBits-1:0] write_entry_i,
  input  wire [ChunkBits-1:0] write_data_i,

  input  wire swap_i,
  input  wire [Reads*IndexBits-1:0] index_i,
  output wire [Reads*Chunks*ChunkBits-1:0] data_o
);

  // A half is 2^IndexBits rows, so that the half is the top address bit.
  localparam Depth = 2 << IndexBits;

  reg half_q;
  wire read_half = swap_i ? !half_q : half_q;

  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) half_q <= 1'b0;
    else half_q <= read_half;
  end

  // Each read port and each chunk has a RAM of its own: one writer and one reader each, which every technology has.
  genvar k, r;
  generate
    for (r = 0; r < Reads; r = r + 1) begin : gen_read
      for (k = 0; k < Chunks; k = k + 1) begin : gen_chunk
        edge_memory_fpga_ram #(.Depth(Depth), .Width(ChunkBits), .AddressBits(IndexBits + 1)) u_memory (
          .clk_i(clk_i),
          .write_enable_i(write_enable_i[k]),
          .write_address_i({!half_q, write_entry_i}),
          .write_data_i(write_data_i),
          .read_enable_i(1'b1),
          .read_address_i({read_half, index_i[r*IndexBits +: IndexBits]}),
          .read_data_o(data_o[(r*Chunks + k)*ChunkBits +: ChunkBits]));
      end
    end
  endgenerate

endmodule

`default_nettype wire
