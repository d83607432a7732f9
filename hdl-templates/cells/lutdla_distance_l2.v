// lutdla_distance_l2: the sum of (x - p)^2 over the elements. Combinational, exact: DistanceBits hold every sum.
// The squarer adds the folded partial products of |x - p|, about a third smaller than a multiplier with equal operands.
`default_nettype none

module lutdla_distance_l2 #(
  parameter VectorLength = 1,
  parameter ElementBits = 8,
  parameter DistanceBits =
    $clog2(VectorLength * ((64'd1 << ElementBits) - 1) * ((64'd1 << ElementBits) - 1) + 1)  // no other value is legal
) (
  input  wire [VectorLength*ElementBits-1:0] vector_i,    // signed elements, element 0 lowest
  input  wire [VectorLength*ElementBits-1:0] centroid_i,
  output reg  [DistanceBits-1:0] distance_o
);

  wire [VectorLength*ElementBits-1:0] magnitudes;

  lutdla_magnitudes #(.VectorLength(VectorLength), .ElementBits(ElementBits)) u_magnitudes (
    .vector_i(vector_i), .centroid_i(centroid_i), .magnitudes_o(magnitudes));

  // a^2 = sum over i of a[i] * 4^i * (1 + 4 * (a >> (i + 1))): each product of two bits occurs once, doubled by its weight.
  function [2*ElementBits-1:0] square;
    input [ElementBits-1:0] a;
    reg [2*ElementBits-1:0] row;
    integer i;
    begin
      square = {2*ElementBits{1'b0}};
      for (i = 0; i < ElementBits; i = i + 1) begin
        row = {2*ElementBits{1'b0}};
        row[ElementBits+1:0] = {a >> (i + 1), 2'b01};
        square = square + (({2*ElementBits{a[i]}} & row) << (2 * i));
      end
    end
  endfunction

  reg [DistanceBits-1:0] term;
  integer k;
  always @* begin
    distance_o = {DistanceBits{1'b0}};
    term = {DistanceBits{1'b0}};
    for (k = 0; k < VectorLength; k = k + 1) begin
      term[2*ElementBits-1:0] = square(magnitudes[k*ElementBits +: ElementBits]);
      distance_o = distance_o + term;
    end
  end

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (ElementBits < 2 || DistanceBits !=
        $clog2(VectorLength * ((64'd1 << ElementBits) - 1) * ((64'd1 << ElementBits) - 1) + 1)) begin : gen_check
      lutdla_distance_l2_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
