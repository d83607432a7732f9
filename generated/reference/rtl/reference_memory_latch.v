// reference_memory_latch: one write port, one registered read port, built from latches and clock gates.
// The write data is registered while the gate's enable is not: the latch is transparent in the high phase after the edge,
// when the register holds this write's data. Registering both would store the next word.
`default_nettype none

module reference_memory_latch #(
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

  reg [Width-1:0] write_data_q;
  wire [Depth*Width-1:0] words;

  always @(posedge clk_i) begin
    if (write_enable_i) write_data_q <= write_data_i;
  end

  genvar w;
  generate
    for (w = 0; w < Depth; w = w + 1) begin : gen_word
      localparam [AddressBits-1:0] Address = w;
      wire gate;
      reference_clock_gate u_gate (
        .clk_i(clk_i), .enable_i(write_enable_i && write_address_i == Address), .clk_o(gate));
      reference_latch_row #(.Width(Width)) u_word (
        .gate_i(gate), .data_i(write_data_q), .data_o(words[w*Width +: Width]));
    end
  endgenerate

  reg [Width-1:0] word;
  integer a;
  always @* begin
    word = {Width{1'b0}};
    for (a = 0; a < Depth; a = a + 1)
      word = word | ({Width{read_address_i == a[AddressBits-1:0]}} & words[a*Width +: Width]);
  end

  always @(posedge clk_i) begin
    if (read_enable_i) read_data_o <= word;
  end

  // A module that does not exist stops every tool at parameters that contradict each other.
  generate
    if (AddressBits != (Depth > 1 ? $clog2(Depth) : 1)) begin : gen_check
      reference_memory_latch_illegal_parameters u_check ();
    end
  endgenerate

endmodule

`default_nettype wire
