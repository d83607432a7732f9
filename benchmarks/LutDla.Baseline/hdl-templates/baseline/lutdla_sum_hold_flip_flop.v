// lutdla_sum_hold_flip_flop: keeps a finished sum in flip-flops: the one that is on data_i in the cycle after hold_i.
// It is on data_o from two cycles after hold_i on, up to the next hold_i.
`default_nettype none

module lutdla_sum_hold_flip_flop #(
  parameter Width = 1
) (
  input  wire clk_i,
  input  wire hold_i,
  input  wire [Width-1:0] data_i,
  output wire [Width-1:0] data_o
);

  reg hold_q;
  reg [Width-1:0] data_q;

  assign data_o = data_q;

  always @(posedge clk_i) begin
    hold_q <= hold_i;
    if (hold_q) data_q <= data_i;
  end

endmodule

`default_nettype wire
