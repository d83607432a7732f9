// reference_memory_macro: one write port, one registered read port; stands for a memory macro of the target technology.
// This is a behavioural model: put a macro of Depth words of Width bits in its place (memories.json lists all that are used).
// A read sees writes of earlier cycles; reading the word that is written in the same cycle is never done by the design.
`default_nettype none

module reference_memory_macro #(
  parameter Depth = 2,
  parameter Width = 1,
  parameter AddressBits = Depth > 1 ? $clog2(Depth) : 1  // no other value is legal
) (
  input  wire clk_i,

  input  wire write_enable_i,
  input  wire [AddressBits-1:0] write_address_i,
  input  wire [Width-1:0] write_data_i,

  input  wire read_enable_i,
  input  wire [AddressBits-1:0] read_address_i,
  output reg  [Width-1:0] read_data_o  // holds while read_enable_i is low
);

  reg [Width-1:0] words [0:Depth-1];

  always @(posedge clk_i) begin
    if (write_enable_i) words[write_address_i] <= write_data_i;
  end

  always @(posedge clk_i) begin
    if (read_enable_i) read_data_o <= words[read_address_i];
  end

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (AddressBits != (Depth > 1 ? $clog2(Depth) : 1)) begin : gen_check
      reference_memory_macro_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
