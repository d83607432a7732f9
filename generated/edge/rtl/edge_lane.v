// edge_lane: one lane of one row: the adder tree over the parallel subspaces, then the sum with the partial result.
// updated_o is combinational from the adder tree's register and partial_i.
`default_nettype none

module edge_lane #(
  parameter Inputs = 1,
  parameter InputBits = 8,
  parameter StageInputs = 4,
  parameter AccumulatorBits = 16  // at least those of the sum of all inputs
) (
  input  wire clk_i,
  input  wire [Inputs*InputBits-1:0] entries_i,
  input  wire accumulate_i,  // low: the first group of a tile starts from 0
  input  wire [AccumulatorBits-1:0] partial_i,
  output wire [AccumulatorBits-1:0] updated_o
);

  localparam SumBits = InputBits + $clog2(Inputs);

  wire [SumBits-1:0] sum;

  edge_adder_tree #(.Inputs(Inputs), .InputBits(InputBits), .StageInputs(StageInputs)) u_tree (
    .clk_i(clk_i), .entries_i(entries_i), .sum_o(sum));

  // Exact: the accumulator holds every sum of a layer that was proven to fit (docs/arithmetic.md, section 4).
  wire [AccumulatorBits-1:0] extended;
  edge_sign_extend #(.FromBits(SumBits), .ToBits(AccumulatorBits)) u_extend (.value_i(sum), .value_o(extended));

  assign updated_o = (partial_i & {AccumulatorBits{accumulate_i}}) + extended;

endmodule

`default_nettype wire
