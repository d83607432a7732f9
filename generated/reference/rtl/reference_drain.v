// reference_drain: takes finished tiles off the scratchpad, row by row, and rescales them into results.
// Generated from hdl-templates/core/drain.v.scriban by LutDla; edit the template, not this file.
// 64 results a cycle; latency 4 cycles from the scratchpad's word to its result beat.
`default_nettype none

module reference_drain (
  input  wire clk_i,
  input  wire rst_ni,

  // One command a tile: the last block, its last row (of 4), the last result beat of a row, the clamp.
  input  wire command_valid_i,
  output wire command_ready_o,
  input  wire [5:0] command_last_block_i,
  input  wire [1:0] command_last_row_i,
  input  wire [1:0] command_last_beat_i,
  input  wire [15:0] command_minimum_i,
  input  wire [15:0] command_maximum_i,

  // Rescale parameters of the tile's columns: a beat for each result beat of a row; the top bit marks the last one.
  // Of each of the 64 columns, lowest first: bias, multiplier, shift.
  input  wire parameter_valid_i,
  output wire parameter_ready_o,
  input  wire [2496:0] parameter_data_i,

  // Scratchpad buffers, one bit a buffer, and the rows last read from each.
  input  wire [1:0] finished_i,
  output wire [1:0] read_o,
  output wire [5:0] block_o,
  output wire [1:0] done_o,
  input  wire [36863:0] rows_i,

  // Results: 64 x signed 16 bits, lowest column first; the top bit marks the last beat of a tile.
  output wire result_valid_o,
  input  wire result_ready_i,
  output wire [1024:0] result_data_o
);

  localparam Rows = 4;
  localparam Lanes = 256;
  localparam Buffers = 2;
  localparam Units = 64;
  localparam RowBeats = 4;
  localparam AccumulatorBits = 18;
  localparam MultiplierBits = 16;
  localparam ShiftBits = 5;
  localparam ParameterBits = 39;
  localparam OutputBits = 16;
  localparam BlockBits = 6;
  localparam RowBits = 2;
  localparam BeatBits = 2;
  localparam [RowBits-1:0] LastRow = 3;
  localparam SliceBits = Units * AccumulatorBits;
  localparam ModuleBeats = Lanes / Units;

  // The pipeline moves as one: when its last stage is empty or taken.
  wire advance;
  reg active_q;
  reg [Buffers-1:0] buffer_q;
  reg parameters_full_q;

  wire start = !active_q && command_valid_i && parameters_full_q && (finished_i & buffer_q) != {Buffers{1'b0}};
  wire emit = active_q && advance;

  wire [BeatBits-1:0] beat;
  wire [RowBits-1:0] row;
  wire [BlockBits-1:0] block;
  wire last_beat, last_row, last_block;
  wire [RowBits-1:0] last_row_of_block = last_block ? command_last_row_i : LastRow;

  reference_counter #(.Bits(BeatBits)) u_beat (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(emit),
    .last_i(command_last_beat_i), .value_o(beat), .last_o(last_beat));
  reference_counter #(.Bits(RowBits)) u_row (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(emit && last_beat),
    .last_i(last_row_of_block), .value_o(row), .last_o(last_row));
  reference_counter #(.Bits(BlockBits)) u_block (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(emit && last_beat && last_row),
    .last_i(command_last_block_i), .value_o(block), .last_o(last_block));

  wire block_end = emit && last_beat && last_row;
  wire tile_end = block_end && last_block;

  assign command_ready_o = tile_end;
  assign done_o = buffer_q & {Buffers{tile_end}};

  // The next block is read while the last beat of this one leaves.
  wire [BlockBits-1:0] next_block = start ? {BlockBits{1'b0}} : block + 6'd1;
  assign read_o = buffer_q & {Buffers{start || (block_end && !last_block)}};
  assign block_o = next_block;

  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      active_q <= 1'b0;
      buffer_q <= 2'd1;
    end else begin
      active_q <= start || (active_q && !tile_end);
      if (tile_end) buffer_q <= {buffer_q[0], buffer_q[1]};
    end
  end

  // Parameters stay until the tile has left.
  wire parameter_take = parameter_valid_i && parameter_ready_o;
  wire parameter_last = parameter_data_i[Units*ParameterBits];
  reg [BeatBits-1:0] parameter_address_q;
  wire [Units*ParameterBits-1:0] parameters;

  assign parameter_ready_o = !parameters_full_q;

  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      parameters_full_q <= 1'b0;
      parameter_address_q <= {BeatBits{1'b0}};
    end else begin
      parameters_full_q <= (parameters_full_q || (parameter_take && parameter_last)) && !tile_end;
      if (parameter_take)
        parameter_address_q <= parameter_last ? {BeatBits{1'b0}} : parameter_address_q + 2'd1;
    end
  end

  reference_memory_latch #(.Depth(RowBeats), .Width(Units*ParameterBits), .AddressBits(BeatBits)) u_parameters (
    .clk_i(clk_i),
    .write_enable_i(parameter_take), .write_address_i(parameter_address_q),
    .write_data_i(parameter_data_i[Units*ParameterBits-1:0]),
    .read_enable_i(emit), .read_address_i(beat), .read_data_o(parameters));

  // The slice of a beat: Units columns of a row. A slice never spans two modules, because Units divides Lanes.
  reg [SliceBits-1:0] slice;
  integer b, r, k;
  always @* begin
    slice = {SliceBits{1'b0}};
    for (b = 0; b < Buffers; b = b + 1)
      for (r = 0; r < Rows; r = r + 1)
        for (k = 0; k < RowBeats; k = k + 1)
          slice = slice | ({SliceBits{buffer_q[b] && row == r[RowBits-1:0] && beat == k[BeatBits-1:0]}}
            & rows_i[(((k / ModuleBeats)*Buffers + b)*Rows + r)*Lanes*AccumulatorBits + (k % ModuleBeats)*SliceBits +: SliceBits]);
  end

  // Stage 0 of the pipeline: the slice, beside the parameters' read register.
  reg [SliceBits-1:0] slice_q;
  reg [OutputBits-1:0] minimum_0_q, minimum_1_q, minimum_2_q, maximum_0_q, maximum_1_q, maximum_2_q;
  reg [3:0] last_q;
  reg [3:0] valid_q;

  assign advance = !valid_q[3] || result_ready_i;

  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= 4'b0000;
    else if (advance) valid_q <= {valid_q[2:0], active_q};
  end

  // The clamp travels with the beat, because the next tile may bring another.
  always @(posedge clk_i) begin
    if (advance) begin
      slice_q <= slice;
      last_q <= {last_q[2:0], tile_end};
      minimum_0_q <= command_minimum_i;
      minimum_1_q <= minimum_0_q;
      minimum_2_q <= minimum_1_q;
      maximum_0_q <= command_maximum_i;
      maximum_1_q <= maximum_0_q;
      maximum_2_q <= maximum_1_q;
    end
  end

  genvar u;
  generate
    for (u = 0; u < Units; u = u + 1) begin : gen_unit
      reference_rescale_unit #(
        .AccumulatorBits(AccumulatorBits), .MultiplierBits(MultiplierBits), .ShiftBits(ShiftBits), .OutputBits(OutputBits)
      ) u_rescale (
        .clk_i(clk_i), .advance_i(advance),
        .accumulator_i(slice_q[u*AccumulatorBits +: AccumulatorBits]),
        .bias_i(parameters[u*ParameterBits + 0 +: 18]),
        .multiplier_i(parameters[u*ParameterBits + 18 +: 16]),
        .shift_i(parameters[u*ParameterBits + 34 +: 5]),
        .minimum_i(minimum_2_q), .maximum_i(maximum_2_q),
        .result_o(result_data_o[u*OutputBits +: OutputBits]));
    end
  endgenerate

  assign result_valid_o = valid_q[3];
  assign result_data_o[Units*OutputBits] = last_q[3];

endmodule

`default_nettype wire
