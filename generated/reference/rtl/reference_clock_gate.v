// reference_clock_gate: lets one high phase of the clock through where enable_i was high before the rising edge.
// An ASIC flow puts its integrated clock-gating cell in this module's place.
`default_nettype none

module reference_clock_gate (
  input  wire clk_i,
  input  wire enable_i,
  output wire clk_o
);

`ifdef SYNTHESIS
  wire enable_q;

  reference_latch_row #(.Width(1)) u_enable (.gate_i(!clk_i), .data_i(enable_i), .data_o(enable_q));

  assign clk_o = clk_i && enable_q;
`else
  // Without delays, registers that sample a latch at the edge that opens it must win: hence an assignment that waits for them.
  reg clk_q;

  always @(posedge clk_i or negedge clk_i) clk_q <= clk_i && enable_i;

  assign clk_o = clk_q;
`endif

endmodule

`default_nettype wire
