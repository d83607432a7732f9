// edge_codebook_flip_flop: the centroids of one subspace, double-buffered, all readable at once.
// The stream of new centroids fills a shadow; swap_i copies shadow to active, entry by entry, at the next edge.
`default_nettype none

module edge_codebook_flip_flop #(
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
      reg [Width-1:0] shadow_q;
      reg [Width-1:0] active_q;

      always @(posedge clk_i) begin
        if (write_enable_i && write_entry_i == Entry) shadow_q <= write_data_i;
        if (swap_i[e]) active_q <= shadow_q;
      end

      assign centroids_o[e*Width +: Width] = active_q;
    end
  endgenerate

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (Entries < 2 || EntryBits != $clog2(Entries)) begin : gen_check
      edge_codebook_flip_flop_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
