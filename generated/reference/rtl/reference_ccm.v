// reference_ccm: the centroid computation module: turns activation beats into index beats.
// Generated from hdl-templates/ccm/ccm.v.scriban by LutDla; edit the template, not this file.
// Latency 3 cycles from an activation beat to its indices; one beat a cycle.
`default_nettype none

module reference_ccm (
  input  wire clk_i,
  input  wire rst_ni,

  // One command a tile that is searched: blocks of 4 rows, groups of 4 subspaces; block by block within a group.
  input  wire command_valid_i,
  output wire command_ready_o,
  input  wire [5:0] command_last_block_i,
  input  wire [7:0] command_last_group_i,

  // Centroids of a group: beat j holds centroid j of each parallel subspace, subspace 0 lowest.
  input  wire codebook_valid_i,
  output wire codebook_ready_o,
  input  wire [127:0] codebook_data_i,

  // Sub-vectors: row by row, subspace by subspace, element by element; the first is the lowest.
  input  wire activation_valid_i,
  output wire activation_ready_o,
  input  wire [511:0] activation_data_i,

  // The index buffer keeps a place for each beat taken, so the pipeline never has to wait.
  input  wire space_i,
  output wire reserve_o,
  output wire index_valid_o,
  output wire [63:0] index_data_o
);

  localparam Rows = 4;
  localparam Subspaces = 4;
  localparam Centroids = 16;
  localparam VectorBits = 32;
  localparam IndexBits = 4;
  localparam BlockBits = 6;
  localparam GroupBits = 8;
  localparam SearchLatency = 3;

  // A group starts only with its codebooks complete; the swap goes with its first beat.
  wire codebooks_full;
  wire [BlockBits-1:0] block;
  // verilator lint_off UNUSEDSIGNAL
  wire [GroupBits-1:0] group;  // read in waveforms only
  // verilator lint_on UNUSEDSIGNAL
  wire last_block, last_group;
  wire first_block = block == {BlockBits{1'b0}};
  wire take = activation_valid_i && activation_ready_o;
  wire swap = take && first_block;

  assign activation_ready_o = command_valid_i && space_i && (!first_block || codebooks_full);
  assign reserve_o = take;
  assign command_ready_o = take && last_block && last_group;

  reference_counter #(.Bits(BlockBits)) u_block (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(take),
    .last_i(command_last_block_i), .value_o(block), .last_o(last_block));
  reference_counter #(.Bits(GroupBits)) u_group (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(take && last_block),
    .last_i(command_last_group_i), .value_o(group), .last_o(last_group));

  wire write_enable;
  wire [IndexBits-1:0] write_entry;
  wire [Subspaces*VectorBits-1:0] write_data;

  reference_codebook_loader #(.Entries(Centroids), .Width(Subspaces*VectorBits)) u_loader (
    .clk_i(clk_i), .rst_ni(rst_ni),
    .codebook_valid_i(codebook_valid_i), .codebook_ready_o(codebook_ready_o), .codebook_data_i(codebook_data_i),
    .swap_i(swap), .full_o(codebooks_full),
    .write_enable_o(write_enable), .write_entry_o(write_entry), .write_data_o(write_data));

  wire [Centroids-1:0] swaps = {Centroids{swap}};

  // 4 rows share the codebook of a subspace.
  genvar p, r;
  generate
    for (p = 0; p < Subspaces; p = p + 1) begin : gen_subspace
      wire [Centroids*VectorBits-1:0] centroids;

      reference_codebook_latch #(.Entries(Centroids), .Width(VectorBits)) u_codebook (
        .clk_i(clk_i),
        .write_enable_i(write_enable), .write_entry_i(write_entry),
        .write_data_i(write_data[p*VectorBits +: VectorBits]),
        .swap_i(swaps), .centroids_o(centroids));

      for (r = 0; r < Rows; r = r + 1) begin : gen_row
        reference_ccu_tree_l2 u_ccu (
          .clk_i(clk_i),
          .vector_i(activation_data_i[(r*Subspaces + p)*VectorBits +: VectorBits]),
          .centroids_i(centroids),
          .index_o(index_data_o[(r*Subspaces + p)*IndexBits +: IndexBits]));
      end
    end
  endgenerate

  reg [SearchLatency-1:0] valid_q;
  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= {SearchLatency{1'b0}};
    else valid_q <= {valid_q[SearchLatency-2:0], take};
  end
  assign index_valid_o = valid_q[SearchLatency-1];

endmodule

`default_nettype wire
