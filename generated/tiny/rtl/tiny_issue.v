// tiny_issue: decides when an index beat becomes lookups and steers the scratchpad buffers through the pipeline.
// Generated from hdl-templates/core/issue.v.scriban by LutDla; edit the template, not this file.
// One beat a cycle, unless a group waits for its table or a tile for its buffer.
`default_nettype none

module tiny_issue (
  input  wire clk_i,
  input  wire rst_ni,

  // Index beats with their place in the pass.
  input  wire read_valid_i,
  output wire read_ready_o,
  input  wire [3:0] read_block_i,
  input  wire read_first_block_i,
  input  wire read_first_group_i,
  input  wire read_last_i,

  input  wire tables_full_i,
  output wire swap_o,

  // Scratchpad control of all IMMs, one bit a buffer.
  output wire [0:0] read_enable_o,
  output wire [1*4-1:0] read_address_o,
  output wire [0:0] write_buffer_o,
  output wire [3:0] write_block_o,
  output wire accumulate_o,

  // A finished buffer is drained, then free again.
  output wire [0:0] finished_o,
  input  wire [0:0] drain_read_i,
  input  wire [3:0] drain_block_i,
  input  wire [0:0] drain_done_i
);

  localparam Buffers = 1;
  localparam BlockBits = 4;
  localparam AdderStages = 1;

  // The buffer of the tile: a one-hot that moves on after the last beat.
  reg [Buffers-1:0] buffer_q;
  reg [Buffers-1:0] busy_q;

  wire first = read_first_block_i && read_first_group_i;
  wire buffer_free = (buffer_q & busy_q) == {Buffers{1'b0}};
  wire issue = read_valid_i && read_ready_o;
  wire swap = issue && read_first_block_i;

  // A read of the scratchpad must come after the write of the same block, two cycles at least. In a tile of one block each beat is of
  // another group, so that the load of a table, which takes longer, lies between two beats.
  assign read_ready_o = (!read_first_block_i || tables_full_i) && (!first || buffer_free);
  assign swap_o = swap;

  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      buffer_q <= 1'd1;
      busy_q <= {Buffers{1'b0}};
    end else begin
      busy_q <= (busy_q | (issue && first ? buffer_q : {Buffers{1'b0}})) & ~drain_done_i;
    end
  end

  // The beat's place follows the lookup: stage 0 is the table read, the last one the scratchpad write.
  reg [Buffers*(AdderStages+1)-1:0] stage_buffer_q;
  reg [BlockBits*(AdderStages+1)-1:0] stage_block_q;
  reg [AdderStages:0] stage_accumulate_q;
  reg [AdderStages:0] stage_last_q;

  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) stage_buffer_q <= {Buffers*(AdderStages+1){1'b0}};
    else stage_buffer_q <= {stage_buffer_q[Buffers*AdderStages-1:0], issue ? buffer_q : {Buffers{1'b0}}};
  end

  always @(posedge clk_i) begin
    stage_block_q <= {stage_block_q[BlockBits*AdderStages-1:0], read_block_i};
    stage_accumulate_q <= {stage_accumulate_q[AdderStages-1:0], !read_first_group_i};
    stage_last_q <= {stage_last_q[AdderStages-1:0], read_last_i};
  end

  // Partial sums are read a stage before they are written back.
  wire [Buffers-1:0] accumulate_read = stage_buffer_q[Buffers*(AdderStages-1) +: Buffers]
    & {Buffers{stage_accumulate_q[AdderStages-1]}};
  wire [BlockBits-1:0] accumulate_block = stage_block_q[BlockBits*(AdderStages-1) +: BlockBits];

  genvar b;
  generate
    for (b = 0; b < Buffers; b = b + 1) begin : gen_buffer
      assign read_enable_o[b] = accumulate_read[b] || drain_read_i[b];
      assign read_address_o[b*BlockBits +: BlockBits] = accumulate_read[b] ? accumulate_block : drain_block_i;
    end
  endgenerate

  assign write_buffer_o = stage_buffer_q[Buffers*AdderStages +: Buffers];
  assign write_block_o = stage_block_q[BlockBits*AdderStages +: BlockBits];
  assign accumulate_o = stage_accumulate_q[AdderStages];

  reg [Buffers-1:0] finished_q;
  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) finished_q <= {Buffers{1'b0}};
    else finished_q <= (finished_q | (write_buffer_o & {Buffers{stage_last_q[AdderStages]}})) & ~drain_done_i;
  end
  assign finished_o = finished_q;

endmodule

`default_nettype wire
