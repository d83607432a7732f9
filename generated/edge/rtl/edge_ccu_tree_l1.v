// edge_ccu_tree_l1: a centroid computation unit that compares a sub-vector with all centroids at once.
// Generated from hdl-templates/ccm/ccu_tree.v.scriban by LutDla; edit the template, not this file.
// Latency: sub-vector register, distance register, then the argmin tree. One search a cycle, no stalls.
`default_nettype none

module edge_ccu_tree_l1 (
  input  wire clk_i,

  // Signed elements, element 0 lowest; centroid 0 lowest, valid in the cycle after their first vector_i.
  input  wire [31:0] vector_i,
  input  wire [511:0] centroids_i,

  output wire [3:0] index_o
);

  localparam VectorLength = 4;
  localparam ElementBits = 8;
  localparam VectorBits = VectorLength * ElementBits;
  localparam DistanceBits = 10;
  localparam Centroids = 16;

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
    .Inputs(Centroids), .StageLevels(4), .DistanceBits(DistanceBits)
  ) u_argmin (
    .clk_i(clk_i), .distances_i(distances_q), .index_o(index_o));

endmodule

`default_nettype wire
