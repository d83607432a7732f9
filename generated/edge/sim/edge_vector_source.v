// edge_vector_source: offers the beats of a file on a stream, a hexadecimal number a line.
// For simulation only. Offers a beat in every cycle, or at random with a seed; holds it until it is taken.
`default_nettype none

module edge_vector_source #(
  parameter File = "stream.hex",
  parameter Bits = 1,
  parameter [15:0] Salt = 1  // not 0, and another for each stream
) (
  input  wire clk_i,
  input  wire run_i,          // high from the rising edge on that begins the first cycle after the reset
  input  wire [31:0] seed_i,  // of stalls; 0 has none

  output reg  valid_o,
  input  wire ready_i,
  output reg  [Bits-1:0] data_o,
  output reg  done_o          // all beats are taken
);

  integer file, found;
  reg [Bits-1:0] beat;
  reg [31:0] random;

  initial begin
    valid_o = 1'b0;
    done_o = 1'b0;
    file = $fopen(File, "r");
    if (file == 0) begin
      $display("%0s cannot be read", File);
      $stop;
    end
  end

  // Reading a file is a matter of variables, not of registers.
  // verilator lint_off BLKSEQ
  always @(posedge clk_i) begin
    random = random ^ (random << 13);
    random = random ^ (random >> 17);
    random = run_i ? random ^ (random << 5) : {seed_i[15:0], Salt};
    if (run_i && (!valid_o || ready_i)) begin
      valid_o <= 1'b0;
      data_o <= {Bits{1'bx}};  // what is not offered is not to be taken
      if (seed_i == 32'd0 || random[0]) begin
        found = $fscanf(file, "%h\n", beat);
        if (found == 1) begin
          valid_o <= 1'b1;
          data_o <= beat;
        end else done_o <= 1'b1;
      end
    end
  end
  // verilator lint_on BLKSEQ

endmodule

`default_nettype wire
