// lutdla_latch_row: a level-sensitive storage row, transparent while gate_i is high.
// Every latch of the design is an instance of this cell, so that a flow can map, constrain or replace all of them here.
`default_nettype none

module lutdla_latch_row #(
  parameter Width = 1
) (
  input  wire gate_i,
  input  wire [Width-1:0] data_i,
  output reg  [Width-1:0] data_o
);

  // The latch is meant: it is half the size of a flip-flop.
  // verilator lint_off LATCH
  always @* begin
    if (gate_i) data_o = data_i;
  end
  // verilator lint_on LATCH

endmodule

`default_nettype wire
