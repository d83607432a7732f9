// reference_counter: counts steps from 0 to last_i and around; last_o marks the last value.
`default_nettype none

module reference_counter #(
  parameter Bits = 1
) (
  input  wire clk_i,
  input  wire rst_ni,
  input  wire step_i,
  input  wire [Bits-1:0] last_i,
  output wire [Bits-1:0] value_o,
  output wire last_o
);

  localparam [Bits-1:0] One = 1;

  reg [Bits-1:0] value_q;

  assign value_o = value_q;
  assign last_o = value_q == last_i;

  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) value_q <= {Bits{1'b0}};
    else if (step_i) value_q <= last_o ? {Bits{1'b0}} : value_q + One;
  end

endmodule

`default_nettype wire
