// reference_adder_tree: the sum of Inputs signed table entries, exact in SumBits.
// Latency: one cycle for up to four inputs, two for more: at most four addends meet between two registers.
`default_nettype none

module reference_adder_tree #(
  parameter Inputs = 1,
  parameter InputBits = 8,
  parameter SumBits = 8
) (
  input  wire clk_i,
  input  wire [Inputs*InputBits-1:0] entries_i,  // signed, input 0 lowest
  output wire [SumBits-1:0] sum_o         // signed
);

  localparam Parts = (Inputs + 3) / 4;

  wire [Parts*SumBits-1:0] parts;

  genvar g;
  generate
    for (g = 0; g < Parts; g = g + 1) begin : gen_part
      localparam First = 4 * g;
      localparam Count = Inputs - First < 4 ? Inputs - First : 4;
      reference_adder_part #(.Inputs(Count), .InputBits(InputBits), .SumBits(SumBits)) u_part (
        .clk_i(clk_i),
        .entries_i(entries_i[First*InputBits +: Count*InputBits]),
        .sum_o(parts[g*SumBits +: SumBits]));
    end

    if (Parts == 1) begin : gen_one_stage
      assign sum_o = parts;
    end else begin : gen_two_stages
      reference_adder_part #(.Inputs(Parts), .InputBits(SumBits), .SumBits(SumBits)) u_total (
        .clk_i(clk_i), .entries_i(parts), .sum_o(sum_o));
    end
  endgenerate

endmodule

`default_nettype wire
