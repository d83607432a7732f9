// tiny_magnitudes: |x - p| of each pair of signed elements. Combinational, exact: at most 2^ElementBits - 1.
`default_nettype none

module tiny_magnitudes #(
  parameter VectorLength = 1,
  parameter ElementBits = 8
) (
  input  wire [VectorLength*ElementBits-1:0] vector_i,    // signed elements, element 0 lowest
  input  wire [VectorLength*ElementBits-1:0] centroid_i,
  output wire [VectorLength*ElementBits-1:0] magnitudes_o
);

  genvar k;
  generate
    for (k = 0; k < VectorLength; k = k + 1) begin : gen_element
      wire signed [ElementBits-1:0] x = vector_i[k*ElementBits +: ElementBits];
      wire signed [ElementBits-1:0] p = centroid_i[k*ElementBits +: ElementBits];
      // Exact modulo 2^ElementBits: the larger minus the smaller is at most 2^ElementBits - 1.
      assign magnitudes_o[k*ElementBits +: ElementBits] = x > p ? x - p : p - x;
    end
  endgenerate

endmodule

`default_nettype wire
