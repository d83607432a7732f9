// lutdla_distance_chebyshev: the largest |x - p| of the elements. Combinational, exact: DistanceBits = ElementBits.
`default_nettype none

module lutdla_distance_chebyshev #(
  parameter VectorLength = 1,
  parameter ElementBits = 8,
  parameter DistanceBits = ElementBits  // no other value is legal
) (
  input  wire [VectorLength*ElementBits-1:0] vector_i,    // signed elements, element 0 lowest
  input  wire [VectorLength*ElementBits-1:0] centroid_i,
  output wire [DistanceBits-1:0] distance_o
);

  wire [VectorLength*ElementBits-1:0] magnitudes;

  lutdla_magnitudes #(.VectorLength(VectorLength), .ElementBits(ElementBits)) u_magnitudes (
    .vector_i(vector_i), .centroid_i(centroid_i), .magnitudes_o(magnitudes));

  // A tree of maxima, in place: after a round of stride s, every 2s-th element holds the largest of its 2s.
  reg [VectorLength*ElementBits-1:0] largest;
  integer k, stride;
  always @* begin
    largest = magnitudes;
    for (stride = 1; stride < VectorLength; stride = stride * 2)
      for (k = 0; k + stride < VectorLength; k = k + 2 * stride)
        if (largest[(k + stride)*ElementBits +: ElementBits] > largest[k*ElementBits +: ElementBits])
          largest[k*ElementBits +: ElementBits] = largest[(k + stride)*ElementBits +: ElementBits];
  end

  assign distance_o = largest[DistanceBits-1:0];

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (DistanceBits != ElementBits) begin : gen_check
      lutdla_distance_chebyshev_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
