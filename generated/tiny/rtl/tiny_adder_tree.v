// tiny_adder_tree: the sum of Inputs signed table entries, exact.
// At most StageInputs addends meet between two registers. Latency: one cycle for up to StageInputs inputs, two for more.
`default_nettype none

module tiny_adder_tree #(
  parameter Inputs = 1,
  parameter InputBits = 8,
  parameter StageInputs = 4,
  parameter SumBits = InputBits + $clog2(Inputs)  // no other value is legal
) (
  input  wire clk_i,
  input  wire [Inputs*InputBits-1:0] entries_i,  // signed, input 0 lowest
  output wire [SumBits-1:0] sum_o                // signed
);

  localparam Parts = (Inputs + StageInputs - 1) / StageInputs;

  wire [Parts*SumBits-1:0] parts;

  genvar g;
  generate
    for (g = 0; g < Parts; g = g + 1) begin : gen_part
      localparam First = StageInputs * g;
      localparam Count = Inputs - First < StageInputs ? Inputs - First : StageInputs;
      tiny_adder_part #(.Inputs(Count), .InputBits(InputBits), .SumBits(SumBits)) u_part (
        .clk_i(clk_i),
        .entries_i(entries_i[First*InputBits +: Count*InputBits]),
        .sum_o(parts[g*SumBits +: SumBits]));
    end

    if (Parts == 1) begin : gen_one_stage
      assign sum_o = parts;
    end else begin : gen_two_stages
      tiny_adder_part #(.Inputs(Parts), .InputBits(SumBits), .SumBits(SumBits)) u_total (
        .clk_i(clk_i), .entries_i(parts), .sum_o(sum_o));
    end
  endgenerate

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (Parts > StageInputs || SumBits != InputBits + $clog2(Inputs)) begin : gen_check
      tiny_adder_tree_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
