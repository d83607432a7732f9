// tiny_bench: plays the vectors of a layer through tiny_core and compares every result, its cycle and every index.
// Generated from hdl-templates/bench/bench.v.scriban by LutDla; edit the template, not this file.
// For simulation only, in the folder of the vectors. +stalls=SEED stalls every stream at random; cycles are then not compared.
`default_nettype none

module tiny_bench;

  localparam [63:0] ResetEdges = 1;
  localparam [63:0] DrainCycles = 64;  // long enough for what should not come

  reg clk, rst_n, started;
  reg [31:0] seed;
  reg [63:0] edges, cycle, drain;

  initial begin
    clk = 1'b0;
    rst_n = 1'b0;
    started = 1'b0;
    edges = 64'd0;
    cycle = 64'd0;
    drain = 64'd0;
    if ($value$plusargs("stalls=%d", seed) == 0) seed = 32'd0;
  end

  initial forever #5 clk = !clk;

  // The reset goes up just after a rising edge, as a synchroniser makes it; the first offers come with it.
  wire run = edges == ResetEdges;
  always @(posedge clk) begin
    if (!run) edges <= edges + 64'd1;
    rst_n <= run;
    started <= run;
    cycle <= started ? cycle + 64'd1 : 64'd0;
  end

  wire command_valid, command_done;
  wire [45:0] command_data;
  wire command_ready;
  wire codebook_valid, codebook_done;
  wire [15:0] codebook_data;
  wire codebook_ready;
  wire activation_valid, activation_done;
  wire [15:0] activation_data;
  wire activation_ready;
  wire table_valid, table_done;
  wire [31:0] table_data;
  wire table_ready;
  wire parameter_valid, parameter_done;
  wire [70:0] parameter_data;
  wire parameter_ready;
  wire result_valid, result_done;
  wire [32:0] result_data;
  wire [31:0] result_equal, result_beats;
  // verilator lint_off UNUSEDSIGNAL
  wire result_ready;  // nobody asks it of a monitor, nor for the last cycle
  wire [63:0] result_cycle;
  // verilator lint_on UNUSEDSIGNAL
  wire index_valid, index_done;
  wire [1:0] index_data;
  wire [31:0] index_equal, index_beats;
  // verilator lint_off UNUSEDSIGNAL
  wire index_ready;  // nobody asks it of a monitor, nor for the last cycle
  wire [63:0] index_cycle;
  // verilator lint_on UNUSEDSIGNAL

  tiny_core u_core (
    .clk_i(clk), .rst_ni(rst_n),
    .command_valid_i(command_valid), .command_ready_o(command_ready), .command_data_i(command_data),
    .codebook_valid_i(codebook_valid), .codebook_ready_o(codebook_ready), .codebook_data_i(codebook_data),
    .activation_valid_i(activation_valid), .activation_ready_o(activation_ready), .activation_data_i(activation_data),
    .table_valid_i(table_valid), .table_ready_o(table_ready), .table_data_i(table_data),
    .parameter_valid_i(parameter_valid), .parameter_ready_o(parameter_ready), .parameter_data_i(parameter_data),
    .result_valid_o(result_valid), .result_ready_i(result_ready), .result_data_o(result_data),
    .index_valid_o(index_valid), .index_data_o(index_data));


  tiny_vector_source #(.File("command.hex"), .Bits(46), .Salt(1)) u_command (
    .clk_i(clk), .run_i(run), .seed_i(seed),
    .valid_o(command_valid), .ready_i(command_ready), .data_o(command_data), .done_o(command_done));

  tiny_vector_source #(.File("codebook.hex"), .Bits(16), .Salt(2)) u_codebook (
    .clk_i(clk), .run_i(run), .seed_i(seed),
    .valid_o(codebook_valid), .ready_i(codebook_ready), .data_o(codebook_data), .done_o(codebook_done));

  tiny_vector_source #(.File("activation.hex"), .Bits(16), .Salt(3)) u_activation (
    .clk_i(clk), .run_i(run), .seed_i(seed),
    .valid_o(activation_valid), .ready_i(activation_ready), .data_o(activation_data), .done_o(activation_done));

  tiny_vector_source #(.File("table.hex"), .Bits(32), .Salt(4)) u_table (
    .clk_i(clk), .run_i(run), .seed_i(seed),
    .valid_o(table_valid), .ready_i(table_ready), .data_o(table_data), .done_o(table_done));

  tiny_vector_source #(.File("parameter.hex"), .Bits(71), .Salt(5)) u_parameter (
    .clk_i(clk), .run_i(run), .seed_i(seed),
    .valid_o(parameter_valid), .ready_i(parameter_ready), .data_o(parameter_data), .done_o(parameter_done));

  tiny_vector_sink #(
    .Name("result"), .File("result.hex"), .Cycles("result_cycles.hex"),  .Bits(33), .Salt(6)
  ) u_result (
    .clk_i(clk), .run_i(run), .seed_i(seed), .cycle_i(cycle), .timed_i(seed == 32'd0),
    .valid_i(result_valid), .ready_o(result_ready), .data_i(result_data),
    .done_o(result_done), .equal_o(result_equal), .beats_o(result_beats), .cycle_o(result_cycle));

  tiny_vector_sink #(
    .Name("index"), .File("index.hex"),  .Bits(2), .Salt(7)
  ) u_index (
    .clk_i(clk), .run_i(run), .seed_i(32'd0), .cycle_i(cycle), .timed_i(seed == 32'd0),
    .valid_i(index_valid), .ready_o(index_ready), .data_i(index_data),
    .done_o(index_done), .equal_o(index_equal), .beats_o(index_beats), .cycle_o(index_cycle));

  wire done = command_done && codebook_done && activation_done && table_done && parameter_done && result_done && index_done;
  always @(posedge clk) drain <= done ? drain + 64'd1 : 64'd0;

  wire broken;
  wire [4:0] rule;
  tiny_checker u_checker (
    .clk_i(clk), .rst_ni(rst_n),
    .command_valid_i(command_valid), .command_ready_i(command_ready), .command_data_i(command_data),
    .codebook_valid_i(codebook_valid), .codebook_ready_i(codebook_ready), .codebook_data_i(codebook_data),
    .activation_valid_i(activation_valid), .activation_ready_i(activation_ready), .activation_data_i(activation_data),
    .table_valid_i(table_valid), .table_ready_i(table_ready), .table_data_i(table_data),
    .parameter_valid_i(parameter_valid), .parameter_ready_i(parameter_ready), .parameter_data_i(parameter_data),
    .result_valid_i(result_valid), .result_ready_i(result_ready),
    .index_valid_i(index_valid),
    .end_i(drain == DrainCycles), .broken_o(broken), .rule_o(rule));

  always @(posedge clk) begin
    if (broken) begin
      $display("different: rule %0d of use is broken", rule);
      $stop;
    end else if (drain == DrainCycles + 64'd2) begin
      if (result_equal == result_beats && index_equal == index_beats) begin
        $write("equal: %0d of %0d result beats, %0d of %0d index beats, ", result_equal, result_beats, index_equal, index_beats);
        $display("last result in cycle %0d%0s", result_cycle, seed == 32'd0 ? " as scheduled" : ", with stalls");
        $finish;
      end else begin
        $display("different: equal are %0d of %0d result beats, %0d of %0d index beats", result_equal, result_beats, index_equal, index_beats);
        $stop;
      end
    end
  end

endmodule

`default_nettype wire
