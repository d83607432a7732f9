// lutdla_table_bank_flip_flop: the table of one subspace, double-buffered; Reads rows are looked up in one cycle.
// Table rows arrive in Chunks parts and fill a shadow; swap_i copies shadow to active at the next edge. Data follows index_i by a cycle.
`default_nettype none

module lutdla_table_bank_flip_flop #(
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
      for (k = 0; k < Chunks; k = k + 1) begin : gen_chunk
        reg [ChunkBits-1:0] shadow_q;
        reg [ChunkBits-1:0] active_q;

        always @(posedge clk_i) begin
          if (write_enable_i[k] && write_entry_i == Entry) shadow_q <= write_data_i;
          if (swap_i) active_q <= shadow_q;
        end

        assign active[e*RowBits + k*ChunkBits +: ChunkBits] = active_q;
      end
    end

    for (r = 0; r < Reads; r = r + 1) begin : gen_read
      lutdla_one_hot_read #(.Entries(Entries), .IndexBits(IndexBits), .RowBits(RowBits)) u_read (
        .clk_i(clk_i), .index_i(index_i[r*IndexBits +: IndexBits]), .rows_i(active), .row_o(data_o[r*RowBits +: RowBits]));
    end
  endgenerate

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (Entries < 2 || IndexBits != $clog2(Entries)) begin : gen_check
      lutdla_table_bank_flip_flop_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
