// edge_index_buffer: keeps the index beats of a tile and reads them once for each column tile.
// Generated from hdl-templates/core/index_buffer.v.scriban by LutDla; edit the template, not this file.
// A beat written in one cycle is offered two cycles later at the earliest; one beat a cycle.
`default_nettype none

module edge_index_buffer (
  input  wire clk_i,
  input  wire rst_ni,

  // Writer: reserves a place when a beat enters the search and fills it when the indices come out.
  output wire space_o,
  input  wire reserve_i,
  input  wire write_valid_i,
  input  wire [15:0] write_data_i,

  // One command a pass. keep: the tile's beats stay for another pass.
  input  wire command_valid_i,
  output wire command_ready_o,
  input  wire [6:0] command_last_block_i,
  input  wire [7:0] command_last_group_i,
  input  wire command_keep_i,

  // Reader: a beat with its place in the pass.
  output wire read_valid_o,
  input  wire read_ready_i,
  output wire [15:0] read_data_o,
  output wire [6:0] read_block_o,
  output wire read_first_block_o,
  output wire read_first_group_o,
  output wire read_last_o
);

  localparam BeatBits = 16;
  localparam Depth = 4096;
  localparam AddressBits = 12;
  localparam CountBits = 13;
  localparam BlockBits = 7;
  localparam GroupBits = 8;
  localparam [AddressBits-1:0] LastAddress = 4095;
  localparam [AddressBits-1:0] NextAddress = 1;
  localparam [CountBits-1:0] Full = Depth;
  localparam [CountBits-1:0] One = 1;
  localparam [CountBits-1:0] None = 0;

  // Place of the next read in its pass.
  wire [BlockBits-1:0] block;
  wire [GroupBits-1:0] group;
  wire last_block, last_group;
  wire last = last_block && last_group;
  wire read;

  edge_counter #(.Bits(BlockBits)) u_block (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(read),
    .last_i(command_last_block_i), .value_o(block), .last_o(last_block));
  edge_counter #(.Bits(GroupBits)) u_group (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(read && last_block),
    .last_i(command_last_group_i), .value_o(group), .last_o(last_group));

  reg [CountBits-1:0] reserved_q;   // places taken, filled or not
  reg [CountBits-1:0] available_q;  // beats ahead of the read address
  reg [CountBits-1:0] passed_q;     // beats read in this pass
  reg [AddressBits-1:0] write_address_q;
  reg [AddressBits-1:0] read_address_q;
  reg [AddressBits-1:0] tile_address_q;  // where the tile begins
  reg valid_q;

  wire [AddressBits-1:0] next_read_address =
    read_address_q == LastAddress ? {AddressBits{1'b0}} : read_address_q + NextAddress;
  wire free = read && !command_keep_i;
  wire rewind = read && last && command_keep_i;

  assign space_o = reserved_q != Full;
  assign read = command_valid_i && available_q != None && (!valid_q || read_ready_i);
  assign command_ready_o = read && last;

  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      reserved_q <= None;
      available_q <= None;
      passed_q <= None;
      write_address_q <= {AddressBits{1'b0}};
      read_address_q <= {AddressBits{1'b0}};
      tile_address_q <= {AddressBits{1'b0}};
      valid_q <= 1'b0;
    end else begin
      reserved_q <= reserved_q + (reserve_i ? One : None) - (free ? One : None);
      // A rewind makes the beats of the whole pass available again: those passed, and the one read now.
      available_q <= available_q + (write_valid_i ? One : None) + (rewind ? passed_q : None) - (read && !rewind ? One : None);
      if (read) passed_q <= last ? None : passed_q + One;
      if (write_valid_i)
        write_address_q <= write_address_q == LastAddress ? {AddressBits{1'b0}} : write_address_q + NextAddress;
      if (read) read_address_q <= rewind ? tile_address_q : next_read_address;
      if (read && last && !command_keep_i) tile_address_q <= next_read_address;
      if (!valid_q || read_ready_i) valid_q <= read;
    end
  end

  edge_memory_fpga_ram #(.Depth(Depth), .Width(BeatBits), .AddressBits(AddressBits)) u_beats (
    .clk_i(clk_i),
    .write_enable_i(write_valid_i), .write_address_i(write_address_q), .write_data_i(write_data_i),
    .read_enable_i(read), .read_address_i(read_address_q), .read_data_o(read_data_o));

  reg [6:0] block_q;
  reg first_block_q, first_group_q, last_q;
  always @(posedge clk_i) begin
    if (read) begin
      block_q <= block;
      first_block_q <= block == {BlockBits{1'b0}};
      first_group_q <= group == {GroupBits{1'b0}};
      last_q <= last;
    end
  end

  assign read_valid_o = valid_q;
  assign read_block_o = block_q;
  assign read_first_block_o = first_block_q;
  assign read_first_group_o = first_group_q;
  assign read_last_o = last_q;

endmodule

`default_nettype wire
