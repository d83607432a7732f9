// lutdla_vector_sink: compares the beats of a stream with a file, a hexadecimal number a line, and perhaps their cycles with another.
// For simulation only. Takes a beat in every cycle, or at random with a seed.
`default_nettype none

module lutdla_vector_sink #(
  parameter Name = "stream",
  parameter File = "stream.hex",
  parameter Cycles = "",  // a file; none compares no cycles
  parameter Bits = 1,
  parameter [15:0] Salt = 1  // not 0, and another for each stream
) (
  input  wire clk_i,
  input  wire run_i,          // high from the rising edge on that begins the first cycle after the reset
  input  wire [31:0] seed_i,  // of stalls; 0 has none
  input  wire [63:0] cycle_i,
  input  wire timed_i,        // cycles are compared, too

  input  wire valid_i,
  output reg  ready_o,
  input  wire [Bits-1:0] data_i,

  output reg  done_o,           // all beats of the file have come
  output reg  [31:0] equal_o,   // beats that were as expected
  output reg  [31:0] beats_o,   // beats that came
  output reg  [63:0] cycle_o    // of the last one
);

  localparam [31:0] ShownDifferences = 10;

  integer file, cycles, found, found_cycle;
  reg [Bits-1:0] expected;
  reg [63:0] expected_cycle;
  reg [31:0] random;

  // Reading a file is a matter of variables, not of registers.
  // verilator lint_off BLKSEQ
  task next;
    begin
      found = $fscanf(file, "%h\n", expected);
      if (cycles != 0) found_cycle = $fscanf(cycles, "%h\n", expected_cycle);
    end
  endtask

  initial begin
    ready_o = 1'b0;
    done_o = 1'b0;
    equal_o = 32'd0;
    beats_o = 32'd0;
    cycle_o = 64'd0;
    file = $fopen(File, "r");
    cycles = 0;
    if (Cycles != "") cycles = $fopen(Cycles, "r");
    if (file == 0 || (Cycles != "" && cycles == 0)) begin
      $display("%0s or %0s cannot be read", File, Cycles);
      $stop;
    end
    next;
  end

  wire same = found == 1 && data_i === expected;
  wire on_time = !timed_i || Cycles == "" || (found_cycle == 1 && cycle_i == expected_cycle);

  always @(posedge clk_i) begin
    random = random ^ (random << 13);
    random = random ^ (random >> 17);
    random = run_i ? random ^ (random << 5) : {seed_i[15:0], Salt};
    ready_o <= run_i && (seed_i == 32'd0 || random[0]);
    if (valid_i && ready_o) begin
      if (same && on_time) equal_o <= equal_o + 32'd1;
      else if (beats_o - equal_o < ShownDifferences) begin
        $write("%0s beat %0d in cycle %0d: %h", Name, beats_o, cycle_i, data_i);
        if (found != 1) $display(", nothing more is expected");
        else if (!same) $display(", expected %h", expected);
        else $display(", expected in cycle %0d", expected_cycle);
      end
      beats_o <= beats_o + 32'd1;
      cycle_o <= cycle_i;
      next;
    end
    done_o <= found != 1;
  end
  // verilator lint_on BLKSEQ

endmodule

`default_nettype wire
