// lutdla_codebook_latch: the centroids of one subspace, double-buffered in latches, all readable at once.
// The shadow is written in the low phase of the clock (the write port is registered, so a plain gate suffices), the active
// copy is taken in the high phase after swap_i: the two can never be transparent together.
`default_nettype none

module lutdla_codebook_latch #(
  parameter Entries = 2,
  parameter Width = 1,
  parameter EntryBits = $clog2(Entries)  // no other value is legal
) (
  input  wire clk_i,

  input  wire write_enable_i,
  input  wire [EntryBits-1:0] write_entry_i,
  input  wire [Width-1:0] write_data_i,

  input  wire [Entries-1:0] swap_i,
  output wire [Entries*Width-1:0] centroids_o
);

  genvar e;
  generate
    for (e = 0; e < Entries; e = e + 1) begin : gen_entry
      localparam [EntryBits-1:0] Entry = e;
      wire write = write_enable_i && write_entry_i == Entry;
      wire copy;
      wire [Width-1:0] shadow;

      lutdla_latch_row #(.Width(Width)) u_shadow (
        .gate_i(write && !clk_i), .data_i(write_data_i), .data_o(shadow));
      lutdla_clock_gate u_copy (.clk_i(clk_i), .enable_i(swap_i[e]), .clk_o(copy));
      lutdla_latch_row #(.Width(Width)) u_active (
        .gate_i(copy), .data_i(shadow), .data_o(centroids_o[e*Width +: Width]));
    end
  endgenerate

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (Entries < 2 || EntryBits != $clog2(Entries)) begin : gen_check
      lutdla_codebook_latch_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
