// lutdla_adder_part: the registered sum of up to four signed inputs, as a balanced tree.
`default_nettype none

module lutdla_adder_part #(
  parameter Inputs = 1,
  parameter InputBits = 8,
  parameter SumBits = 8
) (
  input  wire clk_i,
  input  wire [Inputs*InputBits-1:0] entries_i,  // signed, input 0 lowest
  output reg  [SumBits-1:0] sum_o
);

  function signed [SumBits-1:0] extended;
    input signed [InputBits-1:0] entry;
    extended = entry;
  endfunction

  wire signed [SumBits-1:0] sum;

  generate
    if (Inputs == 1) begin : gen_1
      assign sum = extended(entries_i);
    end else if (Inputs == 2) begin : gen_2
      assign sum = extended(entries_i[0 +: InputBits]) + extended(entries_i[InputBits +: InputBits]);
    end else if (Inputs == 3) begin : gen_3
      assign sum = (extended(entries_i[0 +: InputBits]) + extended(entries_i[InputBits +: InputBits]))
        + extended(entries_i[2*InputBits +: InputBits]);
    end else begin : gen_4
      assign sum = (extended(entries_i[0 +: InputBits]) + extended(entries_i[InputBits +: InputBits]))
        + (extended(entries_i[2*InputBits +: InputBits]) + extended(entries_i[3*InputBits +: InputBits]));
    end
  endgenerate

  always @(posedge clk_i) sum_o <= sum;

endmodule

`default_nettype wire
