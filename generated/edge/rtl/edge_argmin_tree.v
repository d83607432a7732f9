// edge_argmin_tree: the index of the smallest of Inputs distances; the lowest index wins a tie.
// Latency: one register after every StageLevels levels of comparators, and one at the root. One search a cycle, no stalls.
`default_nettype none

module edge_argmin_tree #(
  parameter Inputs = 2,
  parameter StageLevels = 4,
  parameter DistanceBits = 8,
  parameter Levels = $clog2(Inputs)  // no other value is legal
) (
  input  wire clk_i,
  input  wire [Inputs*DistanceBits-1:0] distances_i,
  output wire [Levels-1:0] index_o
);

  // Leaves beyond Inputs hold the largest distance: on a strict comparison the right one never wins.
  genvar l, n;
  generate
    for (l = 0; l <= Levels; l = l + 1) begin : gen_level
      localparam Nodes = 1 << (Levels - l);
      // The root's distance is of no use to anyone.
      // verilator lint_off UNUSEDSIGNAL
      wire [Nodes*DistanceBits-1:0] distances;
      // verilator lint_on UNUSEDSIGNAL
      wire [Nodes*Levels-1:0] indices;

      if (l == 0) begin : gen_leaves
        if (Nodes > Inputs) begin : gen_padding
          assign distances = { {(Nodes-Inputs)*DistanceBits{1'b1}}, distances_i};
        end else begin : gen_full
          assign distances = distances_i;
        end
        assign indices = {Nodes*Levels{1'b0}};
      end else begin : gen_nodes
        for (n = 0; n < Nodes; n = n + 1) begin : gen_node
          wire [DistanceBits-1:0] left = gen_level[l-1].distances[2*n*DistanceBits +: DistanceBits];
          wire [DistanceBits-1:0] right = gen_level[l-1].distances[(2*n + 1)*DistanceBits +: DistanceBits];
          wire [Levels-1:0] left_index = gen_level[l-1].indices[2*n*Levels +: Levels];
          wire [Levels-1:0] right_index = gen_level[l-1].indices[(2*n + 1)*Levels +: Levels];
          localparam [Levels-1:0] LevelBit = 1 << (l - 1);
          wire nearer = right < left;
          wire [DistanceBits-1:0] distance = nearer ? right : left;
          wire [Levels-1:0] index = nearer ? right_index | LevelBit : left_index;

          if (l % StageLevels == 0 || l == Levels) begin : gen_register
            reg [DistanceBits-1:0] distance_q;
            reg [Levels-1:0] index_q;
            always @(posedge clk_i) begin
              distance_q <= distance;
              index_q <= index;
            end
            assign distances[n*DistanceBits +: DistanceBits] = distance_q;
            assign indices[n*Levels +: Levels] = index_q;
          end else begin : gen_wire
            assign distances[n*DistanceBits +: DistanceBits] = distance;
            assign indices[n*Levels +: Levels] = index;
          end
        end
      end
    end
  endgenerate

  assign index_o = gen_level[Levels].indices;

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (Inputs < 2 || Levels != $clog2(Inputs)) begin : gen_check
      edge_argmin_tree_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
