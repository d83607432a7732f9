using System.IO.Compression;
using System.Text;
using LutDla.Boundary;
using LutDla.Exploration.Liberty;
using LutDla.Rtl.Tools;

namespace LutDla.Tests.Liberty;

public sealed class LibertyLibraryTests
{
    private const string Text = """
        /* a small library */
        library (small) {
          delay_model : table_lookup;
          capacitive_load_unit (1, pf);
          lu_table_template (t) { index_1 ("1, 2, \
            3"); }
          cell (AND2) {
            area : 2.5;
            pin (A) { direction : input; }
            pin (B) { direction : input; }
            pin (Y) { direction : output; function : "(A B)"; timing () { related_pin : "A"; cell_rise (t) { values ("1, 2, 3"); } } }
          }
          cell ("buf") { area : 1.5
            pin (A) { direction : input; } pin (X) { direction : output; function : "A"; } }
          cell (dff) { area : 9; ff (IQ, IQN) { clocked_on : "CK"; next_state : "D"; } pin (Q) { direction : output; function : "IQ"; } }
          cell (latch_low) {
            area : 7;
            latch ("IQ", "IQN") { data_in : "D"; enable : "!GN"; }
            pin (D) { direction : input; }
            pin (GN) { direction : input; }
            pin (QN) { direction : output; function : "IQN"; }
            pin (Q) { direction : output; function : "(IQ)"; }
          }
          cell (latch_clear) {
            latch (IQ, IQN) { data_in : "D"; enable : "G"; clear : "R"; }
            pin (Q) { direction : output; function : "IQ"; }
          }
          cell (icg) {
            clock_gating_integrated_cell : "latch_posedge_postcontrol";
            pin (CK) { direction : input; clock_gate_clock_pin : true; }
            pin (EN) { direction : input; clock_gate_enable_pin : true; }
            pin (SE) { direction : input; clock_gate_test_pin : true; }
            pin (GCK) { direction : output; clock_gate_out_pin : true; }
          }
          cell (three_in_two_out) {
            pin (P) { direction : input; } pin (Q) { direction : input; } pin (R) { direction : input; }
            pin (X) { direction : output; function : "(P Q) + (R (P + Q))"; }
            pin (Y) { direction : output; function : "P^Q^R"; }
          }
          cell (two_outputs) {
            pin (P) { direction : input; } pin (Q) { direction : input; } pin (R) { direction : input; }
            pin (X) { direction : output; function : "P^Q^R"; }
            pin (Y) { direction : output; function : "!(P^Q^R)"; }
          }
          cell (bus_driver) { pin (Z) { direction : output; function : "A"; three_state : "E"; } }
          cell (scan_ff) { ff (IQ, IQN) { } test_cell () { } pin (Q) { direction : output; function : "IQ"; } }
          cell (enabled) { ff (IQ, IQN) { next_state : "(D*E)+(IQ*!E)"; } pin (Q) { direction : output; function : "IQ"; } }
          cell (isolation) { is_isolation_cell : true; pin (X) { direction : output; function : "A"; } }
          cell (unloved) { dont_use : true; pin (X) { direction : output; function : "A"; } }
          cell (decap) { area : 3; }
        }

        """;

    private static readonly LibertyLibrary Small = LibertyLibrary.Parse("small.lib", Text);

    [Fact]
    public void More_groups_than_a_library_has_are_refused()
    {
        var text = $"library (l) {{{string.Concat(Enumerable.Repeat("a(){}", 1_000_001))}}}";

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => LibertyLibrary.Parse("many.lib", text)).Problems);

        Assert.Equal("There may be at most 1000000 groups.", problem.Rule);
    }

    [Fact]
    public void Cells_have_areas_pins_and_functions()
    {
        Assert.Equal("small", Small.Name);
        Assert.Equal(14, Small.Cells.Count);
        Assert.Equal(2.5, Small.Cells["AND2"].Area);
        Assert.Equal(["A", "B"], Small.Cells["AND2"].Inputs);
        Assert.Equal("(A B)", Small.Cells["AND2"].Outputs["Y"]);
        Assert.True(Small.Cells["buf"].IsBuffer);
        Assert.Equal(1.5, Small.Cells["buf"].Area);
        Assert.False(Small.Cells["AND2"].IsBuffer);
        Assert.True(Small.Cells["dff"].IsFlipFlop);
    }

    [Fact]
    public void A_full_adder_is_known_by_what_it_computes()
    {
        Assert.Equal(new LibertyFullAdder("P", "Q", "R", Sum: "Y", Carry: "X"), Small.Cells["three_in_two_out"].FullAdder);
        Assert.All(Small.Cells.Values.Where(c => c.Name != "three_in_two_out"), c => Assert.Null(c.FullAdder));
    }

    [Fact]
    public void Latches_and_clock_gates_are_known_by_their_groups_and_pins()
    {
        Assert.Equal(new LibertyLatch("D", "GN", OpenWhenHigh: false, "Q"), Small.Cells["latch_low"].Latch);
        Assert.Null(Small.Cells["latch_clear"].Latch);
        Assert.True(Small.Cells["latch_clear"].IsLatch);
        var gate = Small.Cells["icg"].ClockGate;
        Assert.NotNull(gate);
        Assert.Equal(("CK", "EN", "GCK"), (gate.Clock, gate.Enable, gate.Output));
        Assert.Equal(["SE"], gate.Test);
    }

    [Fact]
    public void Cells_that_synthesis_must_not_choose_are_marked_with_the_reason() => Assert.Equal(
        [
            "bus_driver: three-state", "decap: no output", "enabled: register that reads itself", "icg: clock gate",
            "isolation: power domains", "scan_ff: scan", "unloved: not to be used",
        ],
        Small.Cells.Values.Where(c => c.Special.Length > 0).Select(c => $"{c.Name}: {c.Special}").Order(StringComparer.Ordinal));

    [Fact]
    public void A_subset_keeps_templates_and_the_wanted_cells_only()
    {
        var subset = Small.TextOf(c => c.Name is "AND2" or "dff");
        Assert.Equal(["AND2", "dff"], LibertyLibrary.Parse("subset", subset).Cells.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("lu_table_template (t)", subset, StringComparison.Ordinal);
        Assert.Contains("values (\"1, 2, 3\")", subset, StringComparison.Ordinal);
        Assert.Equal(Text, Small.TextOf(_ => true));
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("module x;", "begins with library")]
    [InlineData("library (x) {\n cell (a) { area : 1;\n", "ends inside a group")]
    [InlineData("library (x) {\n  \"open", "quote is not closed")]
    [InlineData("library (x) {\n  cell () { }\n}", "no name")]
    [InlineData("library (x) {\n  area : 1", "value has no end")]
    [InlineData("library (x) {\n  : 3;\n}", "line 2")]
    public void A_broken_library_is_refused_with_its_place(string text, string message)
    {
        var e = Assert.Throws<InvalidInputException>(() => LibertyLibrary.Parse("broken.lib", text));
        Assert.Contains("broken.lib", e.Message, StringComparison.Ordinal);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_nested_without_end_do_not_overflow_the_stack() =>
        Assert.Contains("too deep", Assert.Throws<InvalidInputException>(() =>
            LibertyLibrary.Parse(
                "deep.lib", "library (x) {" + string.Concat(Enumerable.Repeat("a () {", 100_000)))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_packed_library_is_unpacked_and_a_cut_one_refused()
    {
        using var scratch = new ScratchFolder();
        using (var file = new GZipStream(File.Create(scratch.File("small.lib.gz")), CompressionLevel.Fastest))
            file.Write(Encoding.UTF8.GetBytes(Text));
        Assert.Equal(14, LibertyLibrary.Load(scratch.File("small.lib.gz")).Cells.Count);

        var packed = File.ReadAllBytes(scratch.File("small.lib.gz"));
        File.WriteAllBytes(scratch.File("cut.lib.gz"), packed[..(packed.Length / 2)]);
        Assert.Throws<InvalidInputException>(() => LibertyLibrary.Load(scratch.File("cut.lib.gz")));
        File.WriteAllText(scratch.File("fake.lib.gz"), Text);
        Assert.Throws<InvalidInputException>(() => LibertyLibrary.Load(scratch.File("fake.lib.gz")));
        Assert.Throws<InvalidInputException>(() => LibertyLibrary.Load(scratch.File("absent.lib")));
    }
}
