// reference_sign_extend: a signed number in more bits, or in as many.
`default_nettype none

module reference_sign_extend #(
  parameter FromBits = 1,
  parameter ToBits = 1
) (
  input  wire [FromBits-1:0] value_i,
  output wire [ToBits-1:0] value_o
);

  generate
    if (ToBits <= FromBits) begin : gen_same
      assign value_o = value_i;
    end else begin : gen_wider
      assign value_o = { {(ToBits-FromBits){value_i[FromBits-1]}}, value_i};
    end
  endgenerate

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (ToBits < FromBits) begin : gen_check
      reference_sign_extend_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
