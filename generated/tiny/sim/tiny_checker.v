// tiny_checker: listens to the streams of tiny_core and says which rule of use its user broke first (docs/integration.md).
// Generated from hdl-templates/checker/checker.v.scriban by LutDla; edit the template, not this file.
// For simulation only. It prints one line and keeps the rule's number: what comes later may follow from it, so no more is said.
`default_nettype none

// verilator coverage_off
module tiny_checker #(
  parameter OffersInReset = 0,            // 1: a test offers while the core is in reset, on purpose
  parameter [63:0] Patience = 64'd1043  // cycles without a transfer after which what is missing is told; 0 waits for ever
) (
  input  wire clk_i,
  input  wire rst_ni,

  input  wire command_valid_i,
  input  wire command_ready_i,
  input  wire [45:0] command_data_i,
  input  wire codebook_valid_i,
  input  wire codebook_ready_i,
  input  wire [15:0] codebook_data_i,
  input  wire activation_valid_i,
  input  wire activation_ready_i,
  input  wire [15:0] activation_data_i,
  input  wire table_valid_i,
  input  wire table_ready_i,
  input  wire [31:0] table_data_i,
  input  wire parameter_valid_i,
  input  wire parameter_ready_i,
  input  wire [70:0] parameter_data_i,
  input  wire result_valid_i,
  input  wire result_ready_i,
  input  wire index_valid_i,

  input  wire end_i,  // high in a cycle: the user has offered and taken all that he will
  output reg  broken_o,
  output reg  [4:0] rule_o
);

  localparam [4:0] Reset = 1;
  localparam [4:0] QuietInReset = 2;
  localparam [4:0] Known = 3;
  localparam [4:0] OfferHeld = 4;
  localparam [4:0] PayloadHeld = 5;
  localparam [4:0] LastBlock = 6;
  localparam [4:0] LastRow = 7;
  localparam [4:0] LastGroup = 8;
  localparam [4:0] LastBeat = 9;
  localparam [4:0] Clamp = 10;
  localparam [4:0] KeepFits = 11;
  localparam [4:0] KeepReplayed = 12;
  localparam [4:0] ReplayKept = 13;
  localparam [4:0] ReplayShape = 14;
  localparam [4:0] ParameterLast = 15;
  localparam [4:0] Progress = 16;
  localparam [4:0] Balance = 17;

  localparam [63:0] ResetEdges = 1;
  localparam [63:0] Rows = 1;
  localparam [63:0] Blocks = 16;
  localparam [63:0] Groups = 64;
  localparam [63:0] RowBeats = 2;
  localparam [63:0] IndexBufferBeats = 64;
  localparam [63:0] CodebookLoadBeats = 4;
  localparam [63:0] TableLoadBeats = 4;

  // --- Transfers of this cycle.
  wire command_take = command_valid_i && command_ready_i;
  wire codebook_take = codebook_valid_i && codebook_ready_i;
  wire activation_take = activation_valid_i && activation_ready_i;
  wire table_take = table_valid_i && table_ready_i;
  wire parameter_take = parameter_valid_i && parameter_ready_i;
  wire result_take = result_valid_i && result_ready_i;
  wire offered = command_valid_i || codebook_valid_i || activation_valid_i || table_valid_i || parameter_valid_i;
  wire transfer = command_take || codebook_take || activation_take || table_take || parameter_take || result_take || index_valid_i;

  // --- The command; counts have a width that no sum or product of them leaves.
  wire [3:0] command_last_block = command_data_i[3:0];
  wire [0:0] command_last_row = command_data_i[4:4];
  wire [5:0] command_last_group = command_data_i[10:5];
  wire [0:0] command_last_beat = command_data_i[11:11];
  wire [0:0] command_search = command_data_i[12:12];
  wire [0:0] command_keep = command_data_i[13:13];
  wire [15:0] command_minimum = command_data_i[29:14];
  wire [15:0] command_maximum = command_data_i[45:30];
  wire [63:0] last_block = { {(64-4){1'b0}}, command_last_block};
  wire [63:0] last_row = { {(64-1){1'b0}}, command_last_row};
  wire [63:0] last_group = { {(64-6){1'b0}}, command_last_group};
  wire [63:0] last_beat = { {(64-1){1'b0}}, command_last_beat};
  wire [63:0] beats = (last_block + 64'd1) * (last_group + 64'd1);

  // --- What it asks for, in beats of each stream.
  wire [63:0] codebook_asked = command_search ? (last_group + 64'd1) * CodebookLoadBeats : 64'd0;
  wire [63:0] activation_asked = command_search ? beats : 64'd0;
  wire [63:0] table_asked = (last_group + 64'd1) * TableLoadBeats;
  wire [63:0] parameter_asked = last_beat + 64'd1;
  wire [63:0] result_asked = (last_block*Rows + last_row + 64'd1) * (last_beat + 64'd1);

  // --- Reset and time. A reset that no rising edge saw counts, too: hence the second register.
  reg fell_q;
  reg [63:0] low_edges_q;
  reg [63:0] cycle_q;  // 0 at the first rising edge after the reset

  initial begin
    broken_o = 1'b0;
    rule_o = 5'd0;
    fell_q = 1'b1;
    low_edges_q = 64'd0;
    cycle_q = 64'd0;
  end

  // The checker looks at the reset as registers do and as data, on purpose.
  // verilator lint_off SYNCASYNCNET
  always @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) fell_q <= 1'b1;
    else fell_q <= 1'b0;
  end

  always @(posedge clk_i) begin
    low_edges_q <= rst_ni ? 64'd0 : low_edges_q + 64'd1;
    cycle_q <= rst_ni ? cycle_q + 64'd1 : 64'd0;
  end
  // verilator lint_on SYNCASYNCNET

  // --- What was offered and not taken.
  reg command_owed_q;
  reg [45:0] command_held_q;
  reg codebook_owed_q;
  reg [15:0] codebook_held_q;
  reg activation_owed_q;
  reg [15:0] activation_held_q;
  reg table_owed_q;
  reg [31:0] table_held_q;
  reg parameter_owed_q;
  reg [70:0] parameter_held_q;

  always @(posedge clk_i) begin
    command_owed_q <= rst_ni && command_valid_i && !command_ready_i;
    if (command_valid_i && !command_ready_i) command_held_q <= command_data_i;
    codebook_owed_q <= rst_ni && codebook_valid_i && !codebook_ready_i;
    if (codebook_valid_i && !codebook_ready_i) codebook_held_q <= codebook_data_i;
    activation_owed_q <= rst_ni && activation_valid_i && !activation_ready_i;
    if (activation_valid_i && !activation_ready_i) activation_held_q <= activation_data_i;
    table_owed_q <= rst_ni && table_valid_i && !table_ready_i;
    if (table_valid_i && !table_ready_i) table_held_q <= table_data_i;
    parameter_owed_q <= rst_ni && parameter_valid_i && !parameter_ready_i;
    if (parameter_valid_i && !parameter_ready_i) parameter_held_q <= parameter_data_i;
  end

  // --- What was kept.
  reg kept_q;
  reg [63:0] kept_block_q, kept_group_q;

  always @(posedge clk_i) begin
    if (!rst_ni) kept_q <= 1'b0;
    else if (command_take) begin
      kept_q <= command_keep;
      kept_block_q <= last_block;
      kept_group_q <= last_group;
    end
  end

  // --- Beats that the commands taken ask for and that have not come; negative: beats that came ahead of their command.
  reg signed [63:0] codebook_due_q;
  reg signed [63:0] activation_due_q;
  reg signed [63:0] table_due_q;
  reg signed [63:0] parameter_due_q;
  reg signed [63:0] result_due_q;

  always @(posedge clk_i) begin
    codebook_due_q <= !rst_ni ? 64'd0 : codebook_due_q + (command_take ? codebook_asked : 64'd0) - { 63'd0, codebook_take};
    activation_due_q <= !rst_ni ? 64'd0 : activation_due_q + (command_take ? activation_asked : 64'd0) - { 63'd0, activation_take};
    table_due_q <= !rst_ni ? 64'd0 : table_due_q + (command_take ? table_asked : 64'd0) - { 63'd0, table_take};
    parameter_due_q <= !rst_ni ? 64'd0 : parameter_due_q + (command_take ? parameter_asked : 64'd0) - { 63'd0, parameter_take};
    result_due_q <= !rst_ni ? 64'd0 : result_due_q + (command_take ? result_asked : 64'd0) - { 63'd0, result_take};
  end

  wire pending = codebook_due_q > 0 || activation_due_q > 0 || table_due_q > 0 || parameter_due_q > 0 || result_due_q > 0;
  wire balanced = codebook_due_q == 0 && activation_due_q == 0 && table_due_q == 0 && parameter_due_q == 0 && result_due_q == 0;

  // --- Parameters: a set for each command, perhaps ahead of it, because the core takes them whenever it has room.
  wire parameter_last = parameter_data_i[71-1];
  reg signed [63:0] sets_due_q;
  reg [1:0] command_place_q, set_place_q;  // the core holds two commands at most
  reg [63:0] asked_q [0:3];
  reg [63:0] set_beat_q;  // beats of the set so far
  reg [63:0] early_q;     // last beat of a set that came before its command

  wire asked = sets_due_q > 0 || (sets_due_q == 0 && command_take);
  wire [63:0] asked_last = sets_due_q > 0 ? asked_q[set_place_q] : last_beat;
  wire set_wrong = asked ? parameter_last != (set_beat_q == asked_last) || set_beat_q > asked_last
    : !parameter_last && set_beat_q + 64'd1 == RowBeats;
  wire early_wrong = sets_due_q < 0 ? early_q != last_beat : sets_due_q == 0 && !parameter_take && set_beat_q > last_beat;
  wire parameter_wrong = (parameter_take && set_wrong) || (command_take && early_wrong);

  always @(posedge clk_i) begin
    if (command_take) asked_q[command_place_q] <= last_beat;
    if (parameter_take && parameter_last) early_q <= set_beat_q;
    if (!rst_ni) begin
      sets_due_q <= 64'd0;
      command_place_q <= 2'd0;
      set_place_q <= 2'd0;
      set_beat_q <= 64'd0;
    end else begin
      sets_due_q <= sets_due_q + { 63'd0, command_take} - { 63'd0, parameter_take && parameter_last};
      if (command_take) command_place_q <= command_place_q + 2'd1;
      if (parameter_take) set_beat_q <= parameter_last ? 64'd0 : set_beat_q + 64'd1;
      if (parameter_take && parameter_last) set_place_q <= set_place_q + 2'd1;
    end
  end

  // --- Waiting.
  reg [63:0] quiet_q;
  wire missing_command = !pending && !command_valid_i;
  wire untaken = result_valid_i && !result_ready_i;
  wire missing_codebook = codebook_due_q > 0 && !codebook_valid_i;
  wire missing_activation = activation_due_q > 0 && !activation_valid_i;
  wire missing_table = table_due_q > 0 && !table_valid_i;
  wire missing_parameter = parameter_due_q > 0 && !parameter_valid_i;
  wire missing = missing_command || untaken || missing_codebook || missing_activation || missing_table || missing_parameter;

  always @(posedge clk_i) quiet_q <= rst_ni && !transfer ? quiet_q + 64'd1 : 64'd0;

  // --- The first broken rule. Where one cycle breaks several, the first in this order is told.
  task report;
    input [4:0] number;
    begin
      broken_o <= 1'b1;
      rule_o <= number;
      $write("tiny_checker: cycle %0d: ", cycle_q);
      case (number)
        Reset: $write("rule 1 (reset) is broken. rst_ni is low first, and whenever it falls it stays low over at least 1 rising edge of clk_i.");
        QuietInReset: $write("rule 2 (quiet_in_reset) is broken. Nothing is offered while rst_ni is low.");
        Known: $write("rule 3 (known) is broken. rst_ni, every valid_i and every ready_i are 0 or 1 at every rising edge, and so is every bit of an offered payload.");
        OfferHeld: $write("rule 4 (offer_held) is broken. An offer stays until it is taken: valid_i does not fall before a rising edge at which ready_o is high.");
        PayloadHeld: $write("rule 5 (payload_held) is broken. The payload of an offer does not change before it is taken.");
        LastBlock: $write("rule 6 (last_block) is broken. last_block of a command is below tile.rows / matching.rows_in_parallel, rounded up.");
        LastRow: $write("rule 7 (last_row) is broken. last_row of a command is below matching.rows_in_parallel.");
        LastGroup: $write("rule 8 (last_group) is broken. last_group of a command is below tile.maximum_subspaces / matching.subspaces_in_parallel, rounded up.");
        LastBeat: $write("rule 9 (last_beat) is broken. last_beat of a command is below matching.lanes x matching.modules / rescale.units.");
        Clamp: $write("rule 10 (clamp) is broken. minimum of a command is at most its maximum; both are signed.");
        KeepFits: $write("rule 11 (keep_fits) is broken. What a command keeps fits the index buffer: (last_block + 1) x (last_group + 1) is at most tile.index_buffer_beats.");
        KeepReplayed: $write("rule 12 (keep_replayed) is broken. The command after one with keep has search 0.");
        ReplayKept: $write("rule 13 (replay_kept) is broken. A command with search 0 comes right after one with keep; the first command after a reset has search 1.");
        ReplayShape: $write("rule 14 (replay_shape) is broken. A command with search 0 has the last_block and last_group of the command before it.");
        ParameterLast: $write("rule 15 (parameter_last) is broken. A command gets last_beat + 1 beats of the parameter stream, and last is 1 on the last of them only.");
        Progress: $write("rule 16 (progress) is broken. What the core waits for is offered and its results are taken, whatever else it does not take meanwhile.");
        Balance: $write("rule 17 (balance) is broken. At the end every stream has had exactly the beats that the commands ask for, and all results are taken.");
        default: ;
      endcase
      $write(" Here: ");
    end
  endtask

  always @(posedge clk_i) begin
    if (broken_o) begin
    end else if ((^rst_ni) === 1'bx) begin
      report(Known); $display("rst_ni is unknown.");
    end else if (!rst_ni) begin
      if (OffersInReset == 0 && command_valid_i === 1'b1) begin
        report(QuietInReset); $display("command_valid_i is high.");
      end
      else if (OffersInReset == 0 && codebook_valid_i === 1'b1) begin
        report(QuietInReset); $display("codebook_valid_i is high.");
      end
      else if (OffersInReset == 0 && activation_valid_i === 1'b1) begin
        report(QuietInReset); $display("activation_valid_i is high.");
      end
      else if (OffersInReset == 0 && table_valid_i === 1'b1) begin
        report(QuietInReset); $display("table_valid_i is high.");
      end
      else if (OffersInReset == 0 && parameter_valid_i === 1'b1) begin
        report(QuietInReset); $display("parameter_valid_i is high.");
      end
    end else if (fell_q && low_edges_q < ResetEdges) begin
      report(Reset); $display("%0d.", low_edges_q);
    end else if ((^command_valid_i) === 1'bx || (command_valid_i && (^command_data_i) === 1'bx)) begin
      report(Known); $display("command: valid_i is %b, the payload %h.", command_valid_i, command_data_i);
    end else if (command_owed_q && !command_valid_i) begin
      report(OfferHeld); $display("command.");
    end else if (command_owed_q && command_data_i != command_held_q) begin
      report(PayloadHeld); $display("command has %h after %h.", command_data_i, command_held_q);
    end else if ((^codebook_valid_i) === 1'bx || (codebook_valid_i && (^codebook_data_i) === 1'bx)) begin
      report(Known); $display("codebook: valid_i is %b, the payload %h.", codebook_valid_i, codebook_data_i);
    end else if (codebook_owed_q && !codebook_valid_i) begin
      report(OfferHeld); $display("codebook.");
    end else if (codebook_owed_q && codebook_data_i != codebook_held_q) begin
      report(PayloadHeld); $display("codebook has %h after %h.", codebook_data_i, codebook_held_q);
    end else if ((^activation_valid_i) === 1'bx || (activation_valid_i && (^activation_data_i) === 1'bx)) begin
      report(Known); $display("activation: valid_i is %b, the payload %h.", activation_valid_i, activation_data_i);
    end else if (activation_owed_q && !activation_valid_i) begin
      report(OfferHeld); $display("activation.");
    end else if (activation_owed_q && activation_data_i != activation_held_q) begin
      report(PayloadHeld); $display("activation has %h after %h.", activation_data_i, activation_held_q);
    end else if ((^table_valid_i) === 1'bx || (table_valid_i && (^table_data_i) === 1'bx)) begin
      report(Known); $display("table: valid_i is %b, the payload %h.", table_valid_i, table_data_i);
    end else if (table_owed_q && !table_valid_i) begin
      report(OfferHeld); $display("table.");
    end else if (table_owed_q && table_data_i != table_held_q) begin
      report(PayloadHeld); $display("table has %h after %h.", table_data_i, table_held_q);
    end else if ((^parameter_valid_i) === 1'bx || (parameter_valid_i && (^parameter_data_i) === 1'bx)) begin
      report(Known); $display("parameter: valid_i is %b, the payload %h.", parameter_valid_i, parameter_data_i);
    end else if (parameter_owed_q && !parameter_valid_i) begin
      report(OfferHeld); $display("parameter.");
    end else if (parameter_owed_q && parameter_data_i != parameter_held_q) begin
      report(PayloadHeld); $display("parameter has %h after %h.", parameter_data_i, parameter_held_q);
    end else if ((^result_ready_i) === 1'bx) begin
      report(Known); $display("result_ready_i is %b.", result_ready_i);
    end else if (command_take && last_block >= Blocks) begin
      report(LastBlock); $display("last_block is %0d of %0d blocks.", last_block, Blocks);
    end else if (command_take && last_row >= Rows) begin
      report(LastRow); $display("last_row is %0d of %0d rows.", last_row, Rows);
    end else if (command_take && last_group >= Groups) begin
      report(LastGroup); $display("last_group is %0d of %0d groups.", last_group, Groups);
    end else if (command_take && last_beat >= RowBeats) begin
      report(LastBeat); $display("last_beat is %0d of %0d beats.", last_beat, RowBeats);
    end else if (command_take && $signed(command_minimum) > $signed(command_maximum)) begin
      report(Clamp); $display("minimum is %0d, maximum %0d.", $signed(command_minimum), $signed(command_maximum));
    end else if (command_take && command_keep && beats > IndexBufferBeats) begin
      report(KeepFits); $display("last_block is %0d, last_group %0d: %0d beats, the index buffer has %0d.", last_block, last_group, beats, IndexBufferBeats);
    end else if (command_take && kept_q && command_search) begin
      report(KeepReplayed); $display("search is 1.");
    end else if (command_take && !kept_q && !command_search) begin
      report(ReplayKept); $display("nothing was kept.");
    end else if (command_take && !command_search && (last_block != kept_block_q || last_group != kept_group_q)) begin
      report(ReplayShape); $display("last_block is %0d after %0d, last_group %0d after %0d.", last_block, kept_block_q, last_group, kept_group_q);
    end else if (parameter_wrong) begin
      report(ParameterLast);
      if (parameter_take) $display("beat %0d of a set has last %0d.", set_beat_q, parameter_last);
      else $display("a set of other length came before a command with last_beat %0d.", last_beat);
    end else if (Patience != 64'd0 && quiet_q == Patience && (pending || offered)) begin
      report(Progress); $write("%0d cycles without a transfer.", quiet_q);
      if (missing_command) $write(" No command is offered.");
      if (untaken) $write(" A result is offered and not taken.");
      if (missing_codebook) $write(" codebook is not offered, %0d beats are due.", codebook_due_q);
      if (missing_activation) $write(" activation is not offered, %0d beats are due.", activation_due_q);
      if (missing_table) $write(" table is not offered, %0d beats are due.", table_due_q);
      if (missing_parameter) $write(" parameter is not offered, %0d beats are due.", parameter_due_q);
      if (!missing) $write(" Nothing is missing: the core stands still.");
      $display("");
    end else if (end_i && (!balanced || kept_q || transfer || offered || set_beat_q != 64'd0)) begin
      report(Balance); $write("beats due, less than 0 if too many came:");
      $write(" codebook %0d", codebook_due_q);
      $write(" activation %0d", activation_due_q);
      $write(" table %0d", table_due_q);
      $write(" parameter %0d", parameter_due_q);
      $write(" result %0d", result_due_q);
      $display(".");
    end
  end

endmodule
// verilator coverage_on

`default_nettype wire
