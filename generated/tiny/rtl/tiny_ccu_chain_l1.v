// tiny_ccu_chain_l1: a centroid computation unit as the paper draws it: a linear pipeline of distance elements (dPE).
// Generated from hdl-templates/ccm/ccu_chain.v.scriban by LutDla; edit the template, not this file.
// Latency: the sub-vector register, then one cycle a centroid. One search a cycle, no stalls.
`default_nettype none

module tiny_ccu_chain_l1 (
  input  wire clk_i,

  // Signed elements, element 0 lowest; centroid 0 lowest, each valid j + 1 cycles after its first vector_i.
  input  wire [15:0] vector_i,
  input  wire [63:0] centroids_i,

  output wire [1:0] index_o
);

  localparam VectorLength = 2;
  localparam ElementBits = 8;
  localparam VectorBits = VectorLength * ElementBits;
  localparam DistanceBits = 9;
  localparam Centroids = 4;
  localparam IndexBits = 2;

  genvar j;
  generate
    for (j = 0; j < Centroids; j = j + 1) begin : gen_dpe
      localparam [IndexBits-1:0] Index = j;
      reg [VectorBits-1:0] vector_q;
      // The last element's distance is of no use to anyone.
      // verilator lint_off UNUSEDSIGNAL
      reg [DistanceBits-1:0] best_distance_q;
      // verilator lint_on UNUSEDSIGNAL
      reg [IndexBits-1:0] best_index_q;
      wire [DistanceBits-1:0] distance;

      tiny_distance_l1 #(
        .VectorLength(VectorLength), .ElementBits(ElementBits), .DistanceBits(DistanceBits)
      ) u_distance (
        .vector_i(vector_q),
        .centroid_i(centroids_i[j*VectorBits +: VectorBits]),
        .distance_o(distance));

      if (j == 0) begin : gen_first
        always @(posedge clk_i) begin
          vector_q <= vector_i;
          best_distance_q <= distance;
          best_index_q <= Index;
        end
      end else begin : gen_next
        // Ties keep the earlier centroid, hence the strict comparison.
        wire nearer = distance < gen_dpe[j-1].best_distance_q;
        always @(posedge clk_i) begin
          vector_q <= gen_dpe[j-1].vector_q;
          best_distance_q <= nearer ? distance : gen_dpe[j-1].best_distance_q;
          best_index_q <= nearer ? Index : gen_dpe[j-1].best_index_q;
        end
      end
    end
  endgenerate

  assign index_o = gen_dpe[Centroids-1].best_index_q;

endmodule

`default_nettype wire
