// reference_load_gate: opens a double-buffered memory to its load stream and closes it between the last beat and the swap.
// After the last beat full_o waits a cycle, in which the registered write lands in the shadow.
`default_nettype none

module reference_load_gate (
  input  wire clk_i,
  input  wire rst_ni,

  input  wire last_beat_i,  // the last beat is taken in this cycle
  input  wire swap_i,       // never while full_o is low
  output wire open_o,
  output wire full_o
);

  reg closed_q;
  reg full_q;

  assign open_o = !closed_q;
  assign full_o = full_q;

  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      closed_q <= 1'b0;
      full_q <= 1'b0;
    end else begin
      closed_q <= (closed_q || last_beat_i) && !swap_i;
      full_q <= closed_q && !swap_i;
    end
  end

endmodule

`default_nettype wire
