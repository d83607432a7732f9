// lutdla_distance_l1: the sum of |x - p| over the elements. Combinational, exact: DistanceBits hold every sum.
`default_nettype none

module lutdla_distance_l1 #(
  parameter VectorLength = 1,
  parameter ElementBits = 8,
  parameter DistanceBits = $clog2(VectorLength * ((1 << ElementBits) - 1) + 1)  // no other value is legal
) (
  input  wire [VectorLength*ElementBits-1:0] vector_i,    // signed elements, element 0 lowest
  input  wire [VectorLength*ElementBits-1:0] centroid_i,
  output reg  [DistanceBits-1:0] distance_o
);

  wire [VectorLength*ElementBits-1:0] magnitudes;

  lutdla_magnitudes #(.VectorLength(VectorLength), .ElementBits(ElementBits)) u_magnitudes (
    .vector_i(vector_i), .centroid_i(centroid_i), .magnitudes_o(magnitudes));

  reg [DistanceBits-1:0] term;
  integer k;
  always @* begin
    distance_o = {DistanceBits{1'b0}};
    term = {DistanceBits{1'b0}};
    for (k = 0; k < VectorLength; k = k + 1) begin
      term[ElementBits-1:0] = magnitudes[k*ElementBits +: ElementBits];
      distance_o = distance_o + term;
    end
  end

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (DistanceBits != $clog2(VectorLength * ((1 << ElementBits) - 1) + 1)) begin : gen_check
      lutdla_distance_l1_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
