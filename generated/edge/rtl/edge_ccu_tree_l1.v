// edge_ccu_tree_l1: a centroid computation unit that compares a sub-vector with all centroids at once.
// Generated from hdl-templates/ccm/ccu_tree.v.scriban by LutDla; edit the template, not this file.
// Latency: sub-vector register, distance register, then the argmin tree. One search a cycle, no stalls.
`default_nettype none

module edge_ccu_tree_l1 #(
  parameter VectorLength = 1,
  parameter ElementBits = 8,
  parameter DistanceBits = 8,
  parameter Centroids = 2,
  parameter IndexBits = 1
) (
  input  wire clk_i,
  input  wire [VectorLength*ElementBits-1:0] vector_i,               // signed elements, element 0 lowest
  input  wire [Centroids*VectorLength*ElementBits-1:0] centroids_i,  // valid in the cycle after their first vector_i
  output wire [IndexBits-1:0] index_o
);

  localparam VectorBits = VectorLength * ElementBits;

  reg [VectorBits-1:0] vector_q;
  always @(posedge clk_i) vector_q <= vector_i;

  wire [Centroids*DistanceBits-1:0] distances;
  reg [Centroids*DistanceBits-1:0] distances_q;
  always @(posedge clk_i) distances_q <= distances;

  genvar j;
  generate
    for (j = 0; j < Centroids; j = j + 1) begin : gen_centroid
      edge_distance_l1 #(
        .VectorLength(VectorLength), .ElementBits(ElementBits), .DistanceBits(DistanceBits)
      ) u_distance (
        .vector_i(vector_q),
        .centroid_i(centroids_i[j*VectorBits +: VectorBits]),
        .distance_o(distances[j*DistanceBits +: DistanceBits]));
    end
  endgenerate

  edge_argmin_tree #(
    .Inputs(Centroids), .Levels(IndexBits), .StageLevels(4), .DistanceBits(DistanceBits)
  ) u_argmin (
    .clk_i(clk_i), .distances_i(distances_q), .index_o(index_o));

endmodule

`default_nettype wire
