// lutdla_full_adder: sum and carry of three bits. Synthesis puts the library's cell in this module's place.
`default_nettype none

module lutdla_full_adder (
  input  wire a_i,
  input  wire b_i,
  input  wire c_i,
  output wire sum_o,
  output wire carry_o
);

  assign sum_o = a_i ^ b_i ^ c_i;
  assign carry_o = (a_i & b_i) | (a_i & c_i) | (b_i & c_i);

endmodule

`default_nettype wire
