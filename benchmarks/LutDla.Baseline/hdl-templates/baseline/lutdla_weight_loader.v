// lutdla_weight_loader: takes the weights of a step: unit by unit of the chains, chunk by chunk of the columns.
// The write port is registered: a beat lands in the shadow in the cycle after it was taken. write_enable_o has a bit for each chunk of each
// unit: bit unit * Chunks + chunk.
`default_nettype none

module lutdla_weight_loader #(
  parameter Units = 1,
  parameter Chunks = 1,
  parameter Width = 1
) (
  input  wire clk_i,
  input  wire rst_ni,

  input  wire weight_valid_i,
  output wire weight_ready_o,
  input  wire [Width-1:0] weight_data_i,

  input  wire swap_i,
  output wire full_o,

  output reg  [Units*Chunks-1:0] write_enable_o,
  output reg  [Width-1:0] write_data_o
);

  localparam UnitBits = Units > 1 ? $clog2(Units) : 1;
  localparam ChunkBits = Chunks > 1 ? $clog2(Chunks) : 1;
  localparam [31:0] LastUnit = Units - 1;
  localparam [31:0] LastChunk = Chunks - 1;

  wire take = weight_valid_i && weight_ready_o;
  wire [UnitBits-1:0] unit;
  wire [ChunkBits-1:0] chunk;
  wire last_unit, last_chunk;

  lutdla_counter #(.Bits(ChunkBits)) u_chunk (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(take),
    .last_i(LastChunk[ChunkBits-1:0]), .value_o(chunk), .last_o(last_chunk));
  lutdla_counter #(.Bits(UnitBits)) u_unit (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(take && last_chunk),
    .last_i(LastUnit[UnitBits-1:0]), .value_o(unit), .last_o(last_unit));

  lutdla_load_gate u_gate (
    .clk_i(clk_i), .rst_ni(rst_ni),
    .last_beat_i(take && last_chunk && last_unit), .swap_i(swap_i),
    .open_o(weight_ready_o), .full_o(full_o));

  integer u, k;
  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) write_enable_o <= {Units*Chunks{1'b0}};
    else
      for (u = 0; u < Units; u = u + 1)
        for (k = 0; k < Chunks; k = k + 1)
          write_enable_o[u*Chunks + k] <= take && unit == u[UnitBits-1:0] && chunk == k[ChunkBits-1:0];
  end

  always @(posedge clk_i) begin
    if (take) write_data_o <= weight_data_i;
  end

endmodule

`default_nettype wire
