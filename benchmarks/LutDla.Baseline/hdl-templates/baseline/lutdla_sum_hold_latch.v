// lutdla_sum_hold_latch: keeps a finished sum in latches: the one that is on data_i in the cycle after hold_i.
// It is on data_o from two cycles after hold_i on, up to the next hold_i.
`default_nettype none

module lutdla_sum_hold_latch #(
  parameter Width = 1
) (
  input  wire clk_i,
  input  wire hold_i,
  input  wire [Width-1:0] data_i,
  output wire [Width-1:0] data_o
);

  wire gate;
  lutdla_clock_gate u_gate (.clk_i(clk_i), .enable_i(hold_i), .clk_o(gate));
  lutdla_latch_row #(.Width(Width)) u_row (.gate_i(gate), .data_i(data_i), .data_o(data_o));

endmodule

`default_nettype wire
