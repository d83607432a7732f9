// reference_adder_part: the registered sum of up to four signed inputs, as a balanced tree.
`default_nettype none

module reference_adder_part #(
  parameter Inputs = 1,
  parameter InputBits = 8,
  parameter SumBits = InputBits + $clog2(Inputs)  // fewer where the values are known to need fewer
) (
  input  wire clk_i,
  input  wire [Inputs*InputBits-1:0] entries_i,  // signed, input 0 lowest
  output reg  [SumBits-1:0] sum_o                // signed
);

  wire [Inputs*SumBits-1:0] extended;

  genvar i;
  generate
    for (i = 0; i < Inputs; i = i + 1) begin : gen_input
      reference_sign_extend #(.FromBits(InputBits), .ToBits(SumBits)) u_extend (
        .value_i(entries_i[i*InputBits +: InputBits]), .value_o(extended[i*SumBits +: SumBits]));
    end
  endgenerate

  wire [SumBits-1:0] sum;

  generate
    if (Inputs == 1) begin : gen_1
      assign sum = extended;
    end else if (Inputs == 2) begin : gen_2
      assign sum = extended[0 +: SumBits] + extended[SumBits +: SumBits];
    end else if (Inputs == 3) begin : gen_3
      assign sum = (extended[0 +: SumBits] + extended[SumBits +: SumBits]) + extended[2*SumBits +: SumBits];
    end else begin : gen_4
      assign sum = (extended[0 +: SumBits] + extended[SumBits +: SumBits])
        + (extended[2*SumBits +: SumBits] + extended[3*SumBits +: SumBits]);
    end
  endgenerate

  always @(posedge clk_i) sum_o <= sum;

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (Inputs > 4) begin : gen_check
      reference_adder_part_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
