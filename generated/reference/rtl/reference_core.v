// reference_core: the streaming LUT-DLA core: l2 search over 16 centroids of 4 elements, 4096 lookups a cycle.
// Generated from hdl-templates/core/core.v.scriban by LutDla; edit the template, not this file.
// One tile command at a time enters; search, lookup and rescale of neighbouring tiles overlap. docs/core.md has the cycles.
`default_nettype none

module reference_core (
  input  wire clk_i,
  input  wire rst_ni,

  // Tile commands.
  //   [5:0] last_block: blocks of 4 rows, less 1
  //   [7:6] last_row: rows of the last block that leave, less 1
  //   [15:8] last_group: groups of 4 subspaces, less 1
  //   [17:16] last_beat: result beats of a row, less 1
  //   [18:18] search: 1: activations come and are searched; 0: the indices kept by the command before are used again
  //   [19:19] keep: 1: the indices stay for the next command
  //   [35:20] minimum: lowest result, signed
  //   [51:36] maximum: highest result, signed
  input  wire command_valid_i,
  output wire command_ready_o,
  input  wire [51:0] command_data_i,

  // Codebooks of a group: centroid 0 of each parallel subspace, then centroid 1, ...
  //   [127:0] elements: 16 x 8 bits, subspace by subspace, element by element, signed
  input  wire codebook_valid_i,
  output wire codebook_ready_o,
  input  wire [127:0] codebook_data_i,

  // Sub-vectors of a block for one group; block by block, then group by group.
  //   [511:0] elements: 64 x 8 bits, row by row, subspace by subspace, element by element, signed
  input  wire activation_valid_i,
  output wire activation_ready_o,
  input  wire [511:0] activation_data_i,

  // Tables of a group: module by module, 4 of its subspaces at a time, entry by entry, 256 lanes at a time.
  //   [8191:0] entries: 1024 x 8 bits, subspace by subspace, lane by lane, signed
  input  wire table_valid_i,
  output wire table_ready_o,
  input  wire [8191:0] table_data_i,

  // Rescale parameters of the columns, a beat for each result beat of a row.
  //   [2495:0] columns: 64 x 39 bits, from the lowest bit: bias (18, signed), multiplier (16, unsigned), shift (5, unsigned)
  //   [2496:2496] last: the last beat
  input  wire parameter_valid_i,
  output wire parameter_ready_o,
  input  wire [2496:0] parameter_data_i,

  // Results, row by row.
  //   [1023:0] values: 64 x 16 bits, lowest column first, signed
  //   [1024:1024] last: the last beat of the command
  output wire result_valid_o,
  input  wire result_ready_i,
  output wire [1024:0] result_data_o,

  // Indices as they enter the index buffer; an observation that needs no connection.
  //   [63:0] indices: 16 x 4 bits, row by row, subspace by subspace
  output wire index_valid_o,
  output wire [63:0] index_data_o
);

  localparam Modules = 1;
  localparam Buffers = 2;
  localparam Steps = 1;
  localparam Chunks = 1;
  localparam BlockBits = 6;
  localparam ModuleScratchpadBits = 36864;

  // Fields of the command.
  wire [5:0] command_last_block = command_data_i[5:0];
  wire [1:0] command_last_row = command_data_i[7:6];
  wire [7:0] command_last_group = command_data_i[15:8];
  wire [1:0] command_last_beat = command_data_i[17:16];
  wire [0:0] command_search = command_data_i[18:18];
  wire [0:0] command_keep = command_data_i[19:19];
  wire [15:0] command_minimum = command_data_i[35:20];
  wire [15:0] command_maximum = command_data_i[51:36];

  // Each consumer has a FIFO of its own, so that search, lookup and rescale may work on different tiles.
  wire search_push_ready, pass_push_ready, drain_push_ready;
  wire command_take = command_valid_i && command_ready_o;
  assign command_ready_o = search_push_ready && pass_push_ready && drain_push_ready;

  wire search_valid, search_ready;
  wire [5:0] search_last_block;
  wire [7:0] search_last_group;
  reference_stream_fifo #(.Width(14), .Depth(2)) u_search_commands (
    .clk_i(clk_i), .rst_ni(rst_ni),
    .push_valid_i(command_take && command_search), .push_ready_o(search_push_ready),
    .push_data_i({command_last_group, command_last_block}),
    .pop_valid_o(search_valid), .pop_ready_i(search_ready), .pop_data_o({search_last_group, search_last_block}));

  wire pass_valid, pass_ready;
  wire [5:0] pass_last_block;
  wire [7:0] pass_last_group;
  wire [0:0] pass_keep;
  reference_stream_fifo #(.Width(15), .Depth(2)) u_pass_commands (
    .clk_i(clk_i), .rst_ni(rst_ni),
    .push_valid_i(command_take), .push_ready_o(pass_push_ready),
    .push_data_i({command_keep, command_last_group, command_last_block}),
    .pop_valid_o(pass_valid), .pop_ready_i(pass_ready), .pop_data_o({pass_keep, pass_last_group, pass_last_block}));

  wire drain_valid, drain_ready;
  wire [5:0] drain_last_block;
  wire [1:0] drain_last_row;
  wire [1:0] drain_last_beat;
  wire [15:0] drain_minimum;
  wire [15:0] drain_maximum;
  reference_stream_fifo #(.Width(42), .Depth(2)) u_drain_commands (
    .clk_i(clk_i), .rst_ni(rst_ni),
    .push_valid_i(command_take), .push_ready_o(drain_push_ready),
    .push_data_i({command_maximum, command_minimum, command_last_beat, command_last_row, command_last_block}),
    .pop_valid_o(drain_valid), .pop_ready_i(drain_ready),
    .pop_data_o({drain_maximum, drain_minimum, drain_last_beat, drain_last_row, drain_last_block}));

  // Search.
  wire space, reserve, index_valid;
  wire [63:0] index_data;

  reference_ccm u_ccm (
    .clk_i(clk_i), .rst_ni(rst_ni),
    .command_valid_i(search_valid), .command_ready_o(search_ready),
    .command_last_block_i(search_last_block), .command_last_group_i(search_last_group),
    .codebook_valid_i(codebook_valid_i), .codebook_ready_o(codebook_ready_o), .codebook_data_i(codebook_data_i),
    .activation_valid_i(activation_valid_i), .activation_ready_o(activation_ready_o), .activation_data_i(activation_data_i),
    .space_i(space), .reserve_o(reserve), .index_valid_o(index_valid), .index_data_o(index_data));

  assign index_valid_o = index_valid;
  assign index_data_o = index_data;

  wire read_valid, read_ready, read_first_block, read_first_group, read_last;
  wire [63:0] read_data;
  wire [5:0] read_block;

  reference_index_buffer u_index_buffer (
    .clk_i(clk_i), .rst_ni(rst_ni),
    .space_o(space), .reserve_i(reserve), .write_valid_i(index_valid), .write_data_i(index_data),
    .command_valid_i(pass_valid), .command_ready_o(pass_ready),
    .command_last_block_i(pass_last_block), .command_last_group_i(pass_last_group), .command_keep_i(pass_keep),
    .read_valid_o(read_valid), .read_ready_i(read_ready), .read_data_o(read_data), .read_block_o(read_block),
    .read_first_block_o(read_first_block), .read_first_group_o(read_first_group),
    .read_last_o(read_last));

  // Lookup.
  wire tables_full, swap;
  wire [Modules*Steps*Chunks-1:0] table_write_enable;
  wire [3:0] table_write_entry;
  wire [8191:0] table_write_data;

  reference_table_loader #(
    .Modules(Modules), .Steps(Steps), .Entries(16), .Chunks(Chunks), .Width(8192)
  ) u_table_loader (
    .clk_i(clk_i), .rst_ni(rst_ni),
    .table_valid_i(table_valid_i), .table_ready_o(table_ready_o), .table_data_i(table_data_i),
    .swap_i(swap), .full_o(tables_full),
    .write_enable_o(table_write_enable), .write_entry_o(table_write_entry), .write_data_o(table_write_data));

  wire [Buffers-1:0] scratchpad_read, write_buffer, finished, drain_read, drain_done;
  wire [Buffers*BlockBits-1:0] scratchpad_address;
  wire [BlockBits-1:0] write_block, drain_block;
  wire accumulate;

  reference_issue u_issue (
    .clk_i(clk_i), .rst_ni(rst_ni),
    .read_valid_i(read_valid), .read_ready_o(read_ready), .read_block_i(read_block),
    .read_first_block_i(read_first_block), .read_first_group_i(read_first_group),
    .read_last_i(read_last),
    .tables_full_i(tables_full), .swap_o(swap),
    .read_enable_o(scratchpad_read), .read_address_o(scratchpad_address),
    .write_buffer_o(write_buffer), .write_block_o(write_block), .accumulate_o(accumulate),
    .finished_o(finished), .drain_read_i(drain_read), .drain_block_i(drain_block), .drain_done_i(drain_done));

  wire [Modules*ModuleScratchpadBits-1:0] rows;

  genvar m;
  generate
    for (m = 0; m < Modules; m = m + 1) begin : gen_module
      reference_imm u_imm (
        .clk_i(clk_i),
        .write_enable_i(table_write_enable[m*Steps*Chunks +: Steps*Chunks]),
        .write_entry_i(table_write_entry), .write_data_i(table_write_data),
        .swap_i(swap), .index_i(read_data),
        .read_enable_i(scratchpad_read), .read_address_i(scratchpad_address),
        .write_buffer_i(write_buffer), .write_block_i(write_block), .accumulate_i(accumulate),
        .rows_o(rows[m*ModuleScratchpadBits +: ModuleScratchpadBits]));
    end
  endgenerate

  // Rescale.
  reference_drain u_drain (
    .clk_i(clk_i), .rst_ni(rst_ni),
    .command_valid_i(drain_valid), .command_ready_o(drain_ready),
    .command_last_block_i(drain_last_block), .command_last_row_i(drain_last_row), .command_last_beat_i(drain_last_beat),
    .command_minimum_i(drain_minimum), .command_maximum_i(drain_maximum),
    .parameter_valid_i(parameter_valid_i), .parameter_ready_o(parameter_ready_o), .parameter_data_i(parameter_data_i),
    .finished_i(finished), .read_o(drain_read), .block_o(drain_block), .done_o(drain_done), .rows_i(rows),
    .result_valid_o(result_valid_o), .result_ready_i(result_ready_i), .result_data_o(result_data_o));

endmodule

`default_nettype wire
