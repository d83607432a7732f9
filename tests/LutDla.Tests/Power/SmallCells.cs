using LutDla.Exploration.Liberty;

namespace LutDla.Tests.Power;

/// <summary>
/// A library for sums by hand: 2 V, so that a picofarad costs 2 pJ a change. Inverter: 0.01 pF, inside 0.005 pJ a rise and 0.003 a fall,
/// 1 nW with its input low and 3 nW high. Flip-flop: clock pin 0.02 pF and 0.004 pJ a rise, 0.002 a fall, inside 0.01 pJ a change of Q.
/// </summary>
internal static class SmallCells
{
    public const string Text = """
        library (small) {
          time_unit : "1ns"; leakage_power_unit : "1nW"; capacitive_load_unit (1, pf); nom_voltage : 2.0;
          power_lut_template (by_load) { variable_1 : "total_output_net_capacitance"; index_1 ("0, 1"); }
          power_lut_template (by_slew) { variable_1 : "input_transition_time"; index_1 ("0, 1"); }
          cell (inv) {
            leakage_power () { when : "!A"; value : 1; } leakage_power () { when : "A"; value : 3; }
            pin (A) { direction : input; capacitance : 0.01; }
            pin (Y) { direction : output; function : "!A";
              internal_power () { related_pin : "A";
                rise_power (by_load) { values ("0.005, 0.005"); } fall_power (by_load) { values ("0.003, 0.003"); } } }
          }
          cell (xor2) {
            pin (A) { direction : input; capacitance : 0.01; } pin (B) { direction : input; capacitance : 0.01; }
            pin (Y) { direction : output; function : "A^B";
              internal_power () { related_pin : "A"; power (by_load) { values ("0.1, 0.1"); } }
              internal_power () { related_pin : "B"; when : "A"; power (by_load) { values ("0.2, 0.2"); } }
              internal_power () { related_pin : "B"; when : "!A"; power (by_load) { values ("0.4, 0.4"); } } }
          }
          cell (dff) {
            cell_leakage_power : 5;
            ff (IQ, IQN) { clocked_on : "CK"; next_state : "D"; clear : "!RN"; }
            pin (CK) { direction : input; clock : true; capacitance : 0.02;
              internal_power () { rise_power (by_slew) { values ("0.004, 0.004"); } fall_power (by_slew) { values ("0.002, 0.002"); } } }
            pin (D) { direction : input; capacitance : 0.01; }
            pin (RN) { direction : input; capacitance : 0.01; }
            pin (Q) { direction : output; function : "IQ";
              internal_power () { related_pin : "CK"; power (by_load) { values ("0.01, 0.01"); } } }
          }
          cell (latch) {
            latch (IQ, IQN) { enable : "G"; data_in : "D"; }
            pin (G) { direction : input; } pin (D) { direction : input; }
            pin (Q) { direction : output; function : "IQ"; }
          }
          cell (gate) {
            clock_gating_integrated_cell : "latch_posedge";
            pin (CK) { direction : input; clock_gate_clock_pin : true; }
            pin (EN) { direction : input; clock_gate_enable_pin : true; }
            pin (GCK) { direction : output; clock_gate_out_pin : true; }
          }
        }
        """;

    public static LibertyLibrary Library { get; } = LibertyLibrary.Parse("small.lib", Text);
}
