// A multiple of a, from -2 to 2 times, as a radix-4 Booth digit says: one's complement where it is negative, and the 1 that
// then makes it two's complement. That 1 has weight 2, because the lowest bit is made right here.
// Written for a selector and an inverter that cost a cell each (o22ai, with 1 for "not this one").
`default_nettype none

module booth_row (
  input  wire [7:0] a_i,
  input  wire [2:0] digit_i,  // three bits of the other factor, of which the lowest belongs to the digit below, too
  output wire [8:0] row_o,    // its sign is complemented
  output wire       one_o
);

  wire any = digit_i[1] | digit_i[0];
  wire not_both = ~(digit_i[1] & digit_i[0]);
  wire positive = ~(digit_i[2] | ~any);
  wire not_negative = ~(digit_i[2] & not_both);
  wire once = any & not_both;  // of zero and of twice the lower bits are equal

  // The complement of a where the digit is positive, a where it is negative, ones where it is zero.
  wire [7:0] inverse = ~((a_i | {8{~not_negative}}) & (~a_i | {8{positive}}));

  assign row_o[0] = once & a_i[0];
  assign row_o[7:1] = ~((inverse[7:1] | {7{~once}}) & (inverse[6:0] | {7{once}}));
  assign row_o[8] = inverse[7];
  assign one_o = ~(not_negative | row_o[0]);

endmodule

`default_nettype wire
