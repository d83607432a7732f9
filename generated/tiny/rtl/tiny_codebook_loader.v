// tiny_codebook_loader: takes the codebooks of a group, one centroid of every parallel subspace a beat, lowest index first.
// The write port is registered: a beat lands in the shadow in the cycle after it was taken.
`default_nettype none

module tiny_codebook_loader #(
  parameter Entries = 2,
  parameter Width = 1,
  parameter EntryBits = $clog2(Entries)  // no other value is legal
) (
  input  wire clk_i,
  input  wire rst_ni,

  input  wire codebook_valid_i,
  output wire codebook_ready_o,
  input  wire [Width-1:0] codebook_data_i,

  input  wire swap_i,
  output wire full_o,

  output reg  write_enable_o,
  output reg  [EntryBits-1:0] write_entry_o,
  output reg  [Width-1:0] write_data_o
);

  localparam [31:0] LastEntry = Entries - 1;

  wire take = codebook_valid_i && codebook_ready_o;
  wire [EntryBits-1:0] entry;
  wire last;

  tiny_counter #(.Bits(EntryBits)) u_entry (
    .clk_i(clk_i), .rst_ni(rst_ni), .step_i(take), .last_i(LastEntry[EntryBits-1:0]), .value_o(entry), .last_o(last));

  tiny_load_gate u_gate (
    .clk_i(clk_i), .rst_ni(rst_ni), .last_beat_i(take && last), .swap_i(swap_i),
    .open_o(codebook_ready_o), .full_o(full_o));

  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) write_enable_o <= 1'b0;
    else write_enable_o <= take;
  end

  always @(posedge clk_i) begin
    if (take) begin
      write_entry_o <= entry;
      write_data_o <= codebook_data_i;
    end
  end

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (Entries < 2 || EntryBits != $clog2(Entries)) begin : gen_check
      tiny_codebook_loader_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
