// booth_unit: the dot product with its operands stored: activations in flip-flops, weights in latches behind a clock gate, as
// tables are in a core. Whoever loads holds weights_i in the cycle after load_i, from a register that all units share.
`default_nettype none

module booth_unit (
  input  wire clk_i,
  input  wire clear_i,
  input  wire load_i,
  input  wire [63:0] activations_i,
  input  wire [63:0] weights_i,
  output wire [23:0] sum_o
);

  reg [63:0] activations_q;
  wire [63:0] weights;
  wire gate;

  always @(posedge clk_i) activations_q <= activations_i;

  lutdla_clock_gate u_gate (.clk_i(clk_i), .enable_i(load_i), .clk_o(gate));
  lutdla_latch_row #(.Width(64)) u_weights (.gate_i(gate), .data_i(weights_i), .data_o(weights));

  booth_dot8 u_dot (
    .clk_i(clk_i), .clear_i(clear_i), .activations_i(activations_q), .weights_i(weights), .sum_o(sum_o));

endmodule

`default_nettype wire
