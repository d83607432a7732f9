// lutdla_operand_feed: says of each beat of a stream where it stands in its pass, and keeps none.
// Combinational from the stream to the reader; one beat a cycle.
`default_nettype none

module lutdla_operand_feed #(
  parameter BeatBits = 1,
  parameter BlockBits = 1,
  parameter GroupBits = 1
) (
  input  wire clk_i,
  input  wire rst_ni,

  input  wire activation_valid_i,
  output wire activation_ready_o,
  input  wire [BeatBits-1:0] activation_data_i,

  // One command a pass.
  input  wire command_valid_i,
  output wire command_ready_o,
  input  wire [BlockBits-1:0] command_last_block_i,
  input  wire [GroupBits-1:0] command_last_group_i,

  output wire read_valid_o,
  input  wire read_ready_i,
  output wire [BeatBits-1:0] read_data_o,
  output wire [BlockBits-1:0] read_block_o,
  output wire read_first_block_o,
  output wire read_first_group_o,
  output wire read_last_o
);

  wire read = read_valid_o && read_ready_i;
  wire [GroupBits-1:0] group;
  wire last_block, last_group;

  lutdla_counter #(.Bits(BlockBits)) u_block (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(read),
    .last_i(command_last_block_i), .value_o(read_block_o), .last_o(last_block));
  lutdla_counter #(.Bits(GroupBits)) u_group (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(read && last_block),
    .last_i(command_last_group_i), .value_o(group), .last_o(last_group));

  assign activation_ready_o = command_valid_i && read_ready_i;
  assign command_ready_o = read && read_last_o;

  assign read_valid_o = command_valid_i && activation_valid_i;
  assign read_data_o = activation_data_i;
  assign read_first_block_o = read_block_o == {BlockBits{1'b0}};
  assign read_first_group_o = group == {GroupBits{1'b0}};
  assign read_last_o = last_block && last_group;

endmodule

`default_nettype wire
