// tiny_imm: an in-memory matching module: 1 tables, 4 lanes for 1 rows, adder trees and the scratchpad.
// Generated from hdl-templates/imm/imm.v.scriban by LutDla; edit the template, not this file.
// Latency 2 cycles from a lookup to its partial sum in the scratchpad; 1 x 1 x 4 lookups a cycle, no stalls.
`default_nettype none

module tiny_imm (
  input  wire clk_i,

  // Registered write port of the tables: an enable for each chunk of each step of 1 subspaces.
  input  wire [0:0] write_enable_i,
  input  wire [1:0] write_entry_i,
  input  wire [31:0] write_data_i,

  // A lookup: swap_i with the first one of a group, index of row r and subspace p at r * 1 + p.
  input  wire swap_i,
  input  wire [1:0] index_i,

  // Scratchpad control, one bit a buffer; accumulate_i adds to what was read in the cycle before.
  input  wire [0:0] read_enable_i,
  input  wire [1*4-1:0] read_address_i,
  input  wire [0:0] write_buffer_i,
  input  wire [3:0] write_block_i,
  input  wire accumulate_i,

  // The rows last read from each buffer: row by row, lane by lane, signed 14 bits.
  output wire [55:0] rows_o
);

  localparam Rows = 1;
  localparam Subspaces = 1;
  localparam Lanes = 4;
  localparam Buffers = 1;
  localparam Entries = 4;
  localparam IndexBits = 2;
  localparam EntryBits = 8;
  localparam LoadSubspaces = 1;
  localparam Chunks = 1;
  localparam ChunkBits = 4 * EntryBits;
  localparam AccumulatorBits = 14;
  localparam Blocks = 16;
  localparam BlockBits = 4;
  localparam LaneRows = Rows * Lanes;

  // Entries of all subspaces for each row and lane, side by side for the adder trees.
  wire [LaneRows*Subspaces*EntryBits-1:0] entries;

  genvar p, r, l, b;
  generate
    for (p = 0; p < Subspaces; p = p + 1) begin : gen_table
      wire [Rows*IndexBits-1:0] index;
      wire [LaneRows*EntryBits-1:0] data;

      for (r = 0; r < Rows; r = r + 1) begin : gen_row
        assign index[r*IndexBits +: IndexBits] = index_i[(r*Subspaces + p)*IndexBits +: IndexBits];
      end

      tiny_table_bank_flip_flop #(
        .Entries(Entries),
        .IndexBits(IndexBits), .Chunks(Chunks), .ChunkBits(ChunkBits), .Reads(Rows)
      ) u_bank (
        .clk_i(clk_i),
        .write_enable_i(write_enable_i[(p / LoadSubspaces)*Chunks +: Chunks]),
        .write_entry_i(write_entry_i),
        .write_data_i(write_data_i[(p % LoadSubspaces)*ChunkBits +: ChunkBits]),
        .swap_i(swap_i), .index_i(index), .data_o(data));

      for (l = 0; l < LaneRows; l = l + 1) begin : gen_lane
        assign entries[(l*Subspaces + p)*EntryBits +: EntryBits] = data[l*EntryBits +: EntryBits];
      end
    end
  endgenerate

  // The partial sums that the accumulating buffer read: what is added to.
  wire [LaneRows*AccumulatorBits-1:0] partial;
  assign partial = rows_o;

  wire [LaneRows*AccumulatorBits-1:0] updated;

  generate
    for (l = 0; l < LaneRows; l = l + 1) begin : gen_accumulate
      tiny_lane #(
        .Inputs(Subspaces), .InputBits(EntryBits), .StageInputs(4), .AccumulatorBits(AccumulatorBits)
      ) u_lane (
        .clk_i(clk_i),
        .entries_i(entries[l*Subspaces*EntryBits +: Subspaces*EntryBits]),
        .accumulate_i(accumulate_i),
        .partial_i(partial[l*AccumulatorBits +: AccumulatorBits]),
        .updated_o(updated[l*AccumulatorBits +: AccumulatorBits]));
    end

    for (b = 0; b < Buffers; b = b + 1) begin : gen_buffer
      for (r = 0; r < Rows; r = r + 1) begin : gen_scratchpad
        tiny_memory_flip_flop #(
          .Depth(Blocks), .Width(Lanes*AccumulatorBits), .AddressBits(BlockBits)
        ) u_memory (
          .clk_i(clk_i),
          .write_enable_i(write_buffer_i[b]), .write_address_i(write_block_i),
          .write_data_i(updated[r*Lanes*AccumulatorBits +: Lanes*AccumulatorBits]),
          .read_enable_i(read_enable_i[b]), .read_address_i(read_address_i[b*BlockBits +: BlockBits]),
          .read_data_o(rows_o[(b*Rows + r)*Lanes*AccumulatorBits +: Lanes*AccumulatorBits]));
      end
    end
  endgenerate

endmodule

`default_nettype wire
