// reference_one_hot_read: one read port on a set of rows: a registered one-hot select, then AND-OR.
// One decoder serves the whole row; the row follows index_i by a cycle.
`default_nettype none

module reference_one_hot_read #(
  parameter Entries = 2,
  parameter RowBits = 8,
  parameter IndexBits = $clog2(Entries)  // no other value is legal
) (
  input  wire clk_i,
  input  wire [IndexBits-1:0] index_i,
  input  wire [Entries*RowBits-1:0] rows_i,
  output reg  [RowBits-1:0] row_o
);

  reg [Entries-1:0] select_q;
  integer d;
  always @(posedge clk_i) begin
    for (d = 0; d < Entries; d = d + 1)
      select_q[d] <= index_i == d[IndexBits-1:0];
  end

  integer e;
  always @* begin
    row_o = {RowBits{1'b0}};
    for (e = 0; e < Entries; e = e + 1)
      row_o = row_o | ({RowBits{select_q[e]}} & rows_i[e*RowBits +: RowBits]);
  end

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (Entries < 2 || IndexBits != $clog2(Entries)) begin : gen_check
      reference_one_hot_read_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
