// tiny_table_loader: takes the tables of a group: module by module, Steps of the parallel subspaces, entry by entry, chunk by chunk.
// The write port is registered: a beat lands in the shadow in the cycle after it was taken. write_enable_o has a bit for each
// chunk of each step of each module: bit (module * Steps + step) * Chunks + chunk.
`default_nettype none

module tiny_table_loader #(
  parameter Modules = 1,
  parameter Steps = 1,
  parameter Entries = 2,
  parameter Chunks = 1,
  parameter Width = 1,
  parameter EntryBits = $clog2(Entries)  // no other value is legal
) (
  input  wire clk_i,
  input  wire rst_ni,

  input  wire table_valid_i,
  output wire table_ready_o,
  input  wire [Width-1:0] table_data_i,

  input  wire swap_i,
  output wire full_o,

  output reg  [Modules*Steps*Chunks-1:0] write_enable_o,
  output reg  [EntryBits-1:0] write_entry_o,
  output reg  [Width-1:0] write_data_o
);

  localparam ModuleBits = Modules > 1 ? $clog2(Modules) : 1;
  localparam StepBits = Steps > 1 ? $clog2(Steps) : 1;
  localparam ChunkBits = Chunks > 1 ? $clog2(Chunks) : 1;
  localparam [31:0] LastModule = Modules - 1;
  localparam [31:0] LastStep = Steps - 1;
  localparam [31:0] LastEntry = Entries - 1;
  localparam [31:0] LastChunk = Chunks - 1;

  wire take = table_valid_i && table_ready_o;
  wire [ModuleBits-1:0] module_index;
  wire [StepBits-1:0] step;
  wire [EntryBits-1:0] entry;
  wire [ChunkBits-1:0] chunk;
  wire last_module, last_step, last_entry, last_chunk;

  tiny_counter #(.Bits(ChunkBits)) u_chunk (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(take),
    .last_i(LastChunk[ChunkBits-1:0]), .value_o(chunk), .last_o(last_chunk));
  tiny_counter #(.Bits(EntryBits)) u_entry (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(take && last_chunk),
    .last_i(LastEntry[EntryBits-1:0]), .value_o(entry), .last_o(last_entry));
  tiny_counter #(.Bits(StepBits)) u_step (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(take && last_chunk && last_entry),
    .last_i(LastStep[StepBits-1:0]), .value_o(step), .last_o(last_step));
  tiny_counter #(.Bits(ModuleBits)) u_module (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(take && last_chunk && last_entry && last_step),
    .last_i(LastModule[ModuleBits-1:0]), .value_o(module_index), .last_o(last_module));

  tiny_load_gate u_gate (
    .clk_i(clk_i), .rst_ni(rst_ni),
    .last_beat_i(take && last_chunk && last_entry && last_step && last_module), .swap_i(swap_i),
    .open_o(table_ready_o), .full_o(full_o));

  integer m, s, k;
  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) write_enable_o <= {Modules*Steps*Chunks{1'b0}};
    else
      for (m = 0; m < Modules; m = m + 1)
        for (s = 0; s < Steps; s = s + 1)
          for (k = 0; k < Chunks; k = k + 1)
            write_enable_o[(m*Steps + s)*Chunks + k] <= take && module_index == m[ModuleBits-1:0]
              && step == s[StepBits-1:0] && chunk == k[ChunkBits-1:0];
  end

  always @(posedge clk_i) begin
    if (take) begin
      write_entry_o <= entry;
      write_data_o <= table_data_i;
    end
  end

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (Entries < 2 || EntryBits != $clog2(Entries)) begin : gen_check
      tiny_table_loader_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
