// lutdla_clock_gate: lets one high phase of the clock through where enable_i was high before the rising edge.
// Behavioural model of an integrated clock-gating cell; an ASIC flow puts its own cell in this module's place.
`default_nettype none

module lutdla_clock_gate (
  input  wire clk_i,
  input  wire enable_i,
  output wire clk_o
);

  wire enable_q;

  lutdla_latch #(.Width(1)) u_enable (.gate_i(!clk_i), .data_i(enable_i), .data_o(enable_q));

  assign clk_o = clk_i && enable_q;

endmodule

`default_nettype wire
