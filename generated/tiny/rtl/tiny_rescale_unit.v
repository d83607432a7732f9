// tiny_rescale_unit: clamp(round((accumulator + bias) * multiplier / 2^shift)), halves away from zero (docs/arithmetic.md, section 5).
// Three stages: magnitude, product, round and clamp. All move when advance_i is high.
`default_nettype none

module tiny_rescale_unit #(
  parameter AccumulatorBits = 16,
  parameter MultiplierBits = 16,
  parameter ShiftBits = 5,
  parameter OutputBits = 8
) (
  input  wire clk_i,
  input  wire advance_i,

  input  wire signed [AccumulatorBits-1:0] accumulator_i,
  input  wire signed [AccumulatorBits-1:0] bias_i,
  input  wire [MultiplierBits-1:0] multiplier_i,
  input  wire [ShiftBits-1:0] shift_i,
  input  wire signed [OutputBits-1:0] minimum_i,  // with the beat of the last stage
  input  wire signed [OutputBits-1:0] maximum_i,
  output reg  signed [OutputBits-1:0] result_o
);

  localparam SumBits = AccumulatorBits + 1;
  localparam ProductBits = SumBits + MultiplierBits;

  wire signed [SumBits-1:0] sum = accumulator_i + bias_i;

  reg negative_1_q, negative_2_q;
  reg [SumBits-1:0] magnitude_q;
  reg [MultiplierBits-1:0] multiplier_q;
  reg [ShiftBits-1:0] shift_1_q, shift_2_q;
  reg [ProductBits-1:0] product_q;

  // The bit below the point decides the rounding: rounding a magnitude half up is rounding half away from zero.
  wire [ProductBits:0] shifted = {product_q, 1'b0} >> shift_2_q;
  wire [ProductBits:0] rounded = {1'b0, shifted[ProductBits:1]} + { {ProductBits{1'b0}}, shifted[0]};

  // Beyond the output's range only the sign matters, so the magnitude saturates at 2^OutputBits - 1.
  wire beyond = rounded[ProductBits:OutputBits] != {(ProductBits-OutputBits+1){1'b0}};
  wire [OutputBits-1:0] saturated = rounded[OutputBits-1:0] | {OutputBits{beyond}};
  wire signed [OutputBits+1:0] value = negative_2_q ? -{2'b00, saturated} : {2'b00, saturated};
  wire signed [OutputBits+1:0] minimum = { {2{minimum_i[OutputBits-1]}}, minimum_i};
  wire signed [OutputBits+1:0] maximum = { {2{maximum_i[OutputBits-1]}}, maximum_i};

  always @(posedge clk_i) begin
    if (advance_i) begin
      negative_1_q <= sum[SumBits-1];
      magnitude_q <= sum[SumBits-1] ? -sum : sum;
      multiplier_q <= multiplier_i;
      shift_1_q <= shift_i;

      negative_2_q <= negative_1_q;
      product_q <= magnitude_q * multiplier_q;
      shift_2_q <= shift_1_q;

      if (value < minimum) result_o <= minimum_i;
      else if (value > maximum) result_o <= maximum_i;
      else result_o <= value[OutputBits-1:0];
    end
  end

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (OutputBits > ProductBits) begin : gen_check
      tiny_rescale_unit_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
