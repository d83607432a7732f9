// tiny_stream_fifo: a small FIFO of registers; an entry pushed in one cycle is offered in the next.
// The ready path is cut: push_ready_o depends on the fill level only.
`default_nettype none

module tiny_stream_fifo #(
  parameter Width = 1,
  parameter Depth = 2
) (
  input  wire clk_i,
  input  wire rst_ni,

  input  wire push_valid_i,
  output wire push_ready_o,
  input  wire [Width-1:0] push_data_i,

  output wire pop_valid_o,
  input  wire pop_ready_i,
  output wire [Width-1:0] pop_data_o
);

  localparam CountBits = $clog2(Depth + 1);
  localparam [CountBits-1:0] Full = Depth;
  localparam [CountBits-1:0] One = 1;

  reg [CountBits-1:0] count_q;
  reg [Depth*Width-1:0] entries_q;  // the oldest entry is the lowest

  wire push = push_valid_i && push_ready_o;
  wire pop = pop_valid_o && pop_ready_i;
  wire [CountBits-1:0] kept = pop ? count_q - One : count_q;

  assign push_ready_o = count_q != Full;
  assign pop_valid_o = count_q != {CountBits{1'b0}};
  assign pop_data_o = entries_q[Width-1:0];

  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) count_q <= {CountBits{1'b0}};
    else count_q <= push ? kept + One : kept;
  end

  // What each entry becomes when the oldest one leaves.
  wire [(Depth+1)*Width-1:0] shifted = { {Width{1'b0}}, entries_q};

  integer e;
  always @(posedge clk_i) begin
    for (e = 0; e < Depth; e = e + 1) begin
      if (push && kept == e[CountBits-1:0]) entries_q[e*Width +: Width] <= push_data_i;
      else if (pop) entries_q[e*Width +: Width] <= shifted[(e + 1)*Width +: Width];
    end
  end

endmodule

`default_nettype wire
