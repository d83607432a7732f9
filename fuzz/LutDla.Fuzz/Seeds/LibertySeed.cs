namespace LutDla.Fuzz.Seeds;

/// <summary>A small cell library.</summary>
internal static class LibertySeed
{
    public const string Text = """
        library (small) {
          delay_model : table_lookup;
          lu_table_template (t) { index_1 ("1, 2, 3"); }
          cell (AND2) {
            area : 2.5;
            pin (A) { direction : input; } pin (B) { direction : input; }
            pin (Y) { direction : output; function : "(A B)"; timing () { related_pin : "A"; cell_rise (t) { values ("1, 2, 3"); } } }
          }
          cell (dff) { area : 9; ff (IQ, IQN) { clocked_on : "CK"; next_state : "D"; }
            pin (CK) { direction : input; } pin (D) { direction : input; }
            pin (Q) { direction : output; function : "IQ"; } }
          cell (latch) { area : 7; latch ("IQ", "IQN") { data_in : "D"; enable : "!GN"; }
            pin (D) { direction : input; } pin (GN) { direction : input; }
            pin (Q) { direction : output; function : "(IQ)"; } }
          cell (icg) { clock_gating_integrated_cell : "latch_posedge_postcontrol";
            pin (CK) { direction : input; clock_gate_clock_pin : true; }
            pin (EN) { direction : input; clock_gate_enable_pin : true; } pin (GCK) { direction : output; clock_gate_out_pin : true; } }
          cell (inv) { area : 1; pin (A) { direction : input; } pin (Y) { direction : output; function : "!A"; } }
        }
        """;
}
