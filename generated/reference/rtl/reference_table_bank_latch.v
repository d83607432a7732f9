// reference_table_bank_latch: the table of one subspace, double-buffered in latches; Reads rows are looked up in one cycle.
// Only the active copy has read ports: ping-pong costs a second latch a bit, not a second set of read multiplexers.
// The shadow is written in the low phase of the clock (the write port is registered), the active copy is taken in the high phase
// after swap_i: the two can never be transparent together. Data follows index_i by a cycle.
`default_nettype none

module reference_table_bank_latch #(
  parameter Entries = 2,
  parameter Chunks = 1,
  parameter ChunkBits = 8,
  parameter Reads = 1,
  parameter IndexBits = $clog2(Entries)  // no other value is legal
) (
  input  wire clk_i,

  input  wire [Chunks-1:0] write_enable_i,
  input  wire [IndexBits-1:0] write_entry_i,
  input  wire [ChunkBits-1:0] write_data_i,

  input  wire swap_i,
  input  wire [Reads*IndexBits-1:0] index_i,
  output wire [Reads*Chunks*ChunkBits-1:0] data_o
);

  localparam RowBits = Chunks * ChunkBits;

  wire [Entries*RowBits-1:0] active;

  genvar e, k, r;
  generate
    for (e = 0; e < Entries; e = e + 1) begin : gen_entry
      localparam [IndexBits-1:0] Entry = e;
      wire copy;
      reference_clock_gate u_copy (.clk_i(clk_i), .enable_i(swap_i), .clk_o(copy));

      for (k = 0; k < Chunks; k = k + 1) begin : gen_chunk
        wire write = write_enable_i[k] && write_entry_i == Entry;
        wire [ChunkBits-1:0] shadow;
        reference_latch_row #(.Width(ChunkBits)) u_shadow (
          .gate_i(write && !clk_i), .data_i(write_data_i), .data_o(shadow));
        reference_latch_row #(.Width(ChunkBits)) u_active (
          .gate_i(copy), .data_i(shadow), .data_o(active[e*RowBits + k*ChunkBits +: ChunkBits]));
      end
    end

    for (r = 0; r < Reads; r = r + 1) begin : gen_read
      reference_one_hot_read #(.Entries(Entries), .IndexBits(IndexBits), .RowBits(RowBits)) u_read (
        .clk_i(clk_i), .index_i(index_i[r*IndexBits +: IndexBits]), .rows_i(active), .row_o(data_o[r*RowBits +: RowBits]));
    end
  endgenerate

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (Entries < 2 || IndexBits != $clog2(Entries)) begin : gen_check
      reference_table_bank_latch_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
