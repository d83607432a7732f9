// lutdla_booth_encoder: radix-4 Booth digits of signed weights, three lines each: positive, not negative, once (not twice or zero).
`default_nettype none

module lutdla_booth_encoder #(
  parameter Weights = 1,
  parameter Bits = 8  // even
) (
  input  wire [Weights*Bits-1:0] weights_i,
  output wire [Weights*(Bits/2)*3-1:0] digits_o  // weight by weight, the lowest digit first; positive is the lowest line
);

  localparam Digits = Bits / 2;

  genvar w, d;
  generate
    for (w = 0; w < Weights; w = w + 1) begin : gen_weight
      // Each digit looks at the highest bit of the digit below, too.
      wire [Bits:0] weight = {weights_i[w*Bits +: Bits], 1'b0};

      for (d = 0; d < Digits; d = d + 1) begin : gen_digit
        wire [2:0] digit = weight[2*d +: 3];
        wire any = digit[1] | digit[0];
        wire not_both = ~(digit[1] & digit[0]);
        assign digits_o[(w*Digits + d)*3 +: 3] = {any & not_both, ~(digit[2] & not_both), ~(digit[2] | ~any)};
      end
    end
  endgenerate

endmodule

`default_nettype wire
