// edge_imm: an in-memory matching module: 2 tables, 16 lanes for 2 rows, adder trees and the scratchpad.
// Generated from hdl-templates/imm/imm.v.scriban by LutDla; edit the template, not this file.
// Latency 2 cycles from a lookup to its partial sum in the scratchpad; 2 x 2 x 16 lookups a cycle, no stalls.
`default_nettype none

module edge_imm (
  input  wire clk_i,
  input  wire rst_ni,

  // Registered write port of the tables: an enable for each chunk of each step of 1 subspaces.
  input  wire [1:0] write_enable_i,
  input  wire [3:0] write_entry_i,
  input  wire [127:0] write_data_i,

  // A lookup: swap_i with the first one of a group, index of row r and subspace p at r * 2 + p.
  input  wire swap_i,
  input  wire [15:0] index_i,

  // Scratchpad control, one bit a buffer; accumulate_i adds to what was read in the cycle before.
  input  wire [1:0] read_enable_i,
  input  wire [2*7-1:0] read_address_i,
  input  wire [1:0] write_buffer_i,
  input  wire [6:0] write_block_i,
  input  wire accumulate_i,

  // The rows last read from each buffer: row by row, lane by lane, signed 17 bits.
  output wire [1087:0] rows_o
);

  localparam Rows = 2;
  localparam Subspaces = 2;
  localparam Lanes = 16;
  localparam Buffers = 2;
  localparam IndexBits = 4;
  localparam EntryBits = 8;
  localparam LoadSubspaces = 1;
  localparam Chunks = 1;
  localparam ChunkBits = 16 * EntryBits;
  localparam AccumulatorBits = 17;
  localparam Blocks = 128;
  localparam BlockBits = 7;
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

      edge_table_bank_fpga_ram #(
        .IndexBits(IndexBits), .Chunks(Chunks), .ChunkBits(ChunkBits), .Reads(Rows)
      ) u_bank (
        .clk_i(clk_i),
        .rst_ni(rst_ni),
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
  assign partial = write_buffer_i[1] ? rows_o[LaneRows*AccumulatorBits +: LaneRows*AccumulatorBits]
    : rows_o[0 +: LaneRows*AccumulatorBits];

  wire [LaneRows*AccumulatorBits-1:0] updated;

  generate
    for (l = 0; l < LaneRows; l = l + 1) begin : gen_accumulate
      edge_lane #(
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
        edge_memory_fpga_ram #(
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
