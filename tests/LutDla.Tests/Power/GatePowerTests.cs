using System.Text;
using LutDla.Boundary;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Power;
using LutDla.Exploration.Synthesis;
using LutDla.Rtl.Tools;

namespace LutDla.Tests.Power;

/// <summary>Energies that are worked out by hand from <see cref="SmallCells"/>, at a clock of 10 ns.</summary>
public sealed class GatePowerTests
{
    private const double Nanoseconds = 10;
    private const string Ports = "clk_i, rst_ni";
    private const string Chain = """
        module top(clk_i, rst_ni, a_i, y_o);
          input clk_i;
          input rst_ni;
          input a_i;
          output y_o;
          wire mid;
          inv u0 (
            .A(a_i),
            .Y(mid)
          );
          inv u1 (
            .A(mid),
            .Y(y_o)
          );
        endmodule
        """;

    // Two bits that count; q1 changes where q0 was 1.
    private const string Counter = """
        module top(clk_i, rst_ni, q_o);
          input clk_i;
          input rst_ni;
          output [1:0] q_o;
          wire n0;
          wire n1;
          inv u0 (
            .A(q_o[0]),
            .Y(n0)
          );
          xor2 u1 (
            .A(q_o[0]),
            .B(q_o[1]),
            .Y(n1)
          );
          dff r0 (
            .CK(clk_i),
            .D(n0),
            .RN(rst_ni),
            .Q(q_o[0])
          );
          dff r1 (
            .CK(clk_i),
            .D(n1),
            .RN(rst_ni),
            .Q(q_o[1])
          );
        endmodule
        """;

    [Fact]
    public void An_inverter_chain_costs_its_pins_its_insides_and_its_leakage()
    {
        // a rises in cycle 1 and falls in cycle 3; y follows.
        var power = Measure(Chain, 4, cycle => [("a_i", cycle is 1 or 2 ? "1" : "0"), ("y_o", cycle is 1 or 2 ? "1" : "0")]);

        // Pins: a and mid change twice each, 0.01 pF is 0.02 pJ; nothing hangs on y.
        var switching = 4 * 0.02;
        // Insides: both outputs rise once and fall once.
        var inside = 2 * (0.005 + 0.003);
        // Leakage: one input is low and one is high, always; 4 nW over 40 ns.
        var leakage = 4e-9 * 40e-9 * 1e12;
        Assert.Equal(4, power.Cycles);
        Assert.Equal(switching, Picojoules(power, m => m.Switching), 9);
        Assert.Equal(inside, Picojoules(power, m => m.Internal), 9);
        Assert.Equal(leakage, Picojoules(power, m => m.Leakage), 12);
        Assert.Equal(0, Picojoules(power, m => m.Clock), 12);
        Assert.Equal(switching + inside + leakage, power.PicojoulesPerCycle * 4, 9);
    }

    [Fact]
    public void A_counter_costs_its_clock_pins_in_every_cycle_and_its_bits_as_they_change()
    {
        // The first cycle begins after the first edge: q is 0, 1, 2, 3, 0.
        var power = Measure(Counter, 5, cycle => [("q_o", Convert.ToString(cycle % 4, 2).PadLeft(2, '0'))]);

        // The clock is high when the first cycle begins, so it changes nine times: five falls, four rises.
        var clock = 9 * 2 * 0.02 * 2 + 2 * (5 * 0.002 + 4 * 0.004);
        // q0, with an inverter and an XOR on it, changes four times, q1 twice; n0 follows q0; n1 is q0 xor q1: 0, 1, 1, 0, 0.
        var switching = 4 * 0.04 + 2 * 0.02 + 4 * 0.02 + 2 * 0.02;
        // Registers; the inverter: two falls and two rises. The XOR: up and down, each time q0 alone changes.
        var inside = 6 * 0.01 + 2 * (0.005 + 0.003) + 0.1 + 0.1;
        Assert.Equal(clock, Picojoules(power, m => m.Clock), 9);
        Assert.Equal(switching, Picojoules(power, m => m.Switching), 9);
        Assert.Equal(inside, Picojoules(power, m => m.Internal), 9);
    }

    [Fact]
    public void The_energy_of_a_change_is_that_of_the_input_that_caused_it_in_the_state_of_the_others()
    {
        const string Gate = """
            module top(clk_i, rst_ni, a_i, b_i, y_o);
              input clk_i;
              input rst_ni;
              input a_i;
              input b_i;
              output y_o;
              xor2 u0 (
                .A(a_i),
                .B(b_i),
                .Y(y_o)
              );
            endmodule
            """;
        string[] a = ["0", "0", "1", "1", "0", "1"];
        string[] b = ["0", "1", "1", "0", "1", "1"];

        var power = Measure(Gate, 6, cycle => [("a_i", a[cycle]), ("b_i", b[cycle]), ("y_o", a[cycle] == b[cycle] ? "0" : "1")]);

        // By b where a is 0; by a; by b where a is 1; both change and the output does not; by a.
        Assert.Equal(0.4 + 0.1 + 0.2 + 0.1, Picojoules(power, m => m.Internal), 9);
    }

    [Theory]
    [InlineData("0.5", 2)] // y follows a at once and goes back two inverters later
    [InlineData("3", 0)] // what is shorter than its delay is lost
    public void A_glitch_costs_two_changes_where_gates_are_slow_enough_to_make_it_and_fast_enough_to_pass_it(string delay, int changes)
    {
        const string Pulse = """
            module top(clk_i, rst_ni, a_i, y_o);
              input clk_i;
              input rst_ni;
              input a_i;
              output y_o;
              wire n;
              wire late;
              inv u0 (
                .A(a_i),
                .Y(n)
              );
              inv u1 (
                .A(n),
                .Y(late)
              );
              xor2 u2 (
                .A(a_i),
                .B(late),
                .Y(y_o)
              );
            endmodule
            """;
        static string Arc(string from, string nanoseconds) =>
            $"timing () {{ related_pin : \"{from}\"; cell_rise (by_load) {{ values (\"{nanoseconds}, {nanoseconds}\"); }} "
            + $"cell_fall (by_load) {{ values (\"{nanoseconds}, {nanoseconds}\"); }} }}";
        var library = LibertyLibrary.Parse("l", SmallCells.Text
            .Replace("function : \"!A\";", $"function : \"!A\"; {Arc("A", "1")}", StringComparison.Ordinal)
            .Replace("function : \"A^B\";", $"function : \"A^B\"; {Arc("A", delay)} {Arc("B", delay)}", StringComparison.Ordinal));
        (string, string)[] Values(int cycle) => [("a_i", $"{cycle % 2}"), ("y_o", "0")];

        var (quiet, real) = (Measure(Pulse, 3, Values, library), Measure(Pulse, 3, Values, library, countsGlitches: true));

        // a changes twice. The first change of y is caused by A, 0.1 pJ; the way back by B, 0.2 where a is 1 and 0.4 where it is 0.
        Assert.Equal(changes == 0 ? 0 : 0.1 + 0.2 + 0.1 + 0.4, Picojoules(real, m => m.Internal) - Picojoules(quiet, m => m.Internal), 9);
        Assert.Equal(Picojoules(quiet, m => m.Switching), Picojoules(real, m => m.Switching), 9);
    }

    [Fact]
    public void A_macro_gives_the_word_that_was_written_and_its_accesses_are_told()
    {
        const string Box = """
            module memory(clk_i, write_enable_i, write_address_i, write_data_i, read_enable_i, read_address_i, read_data_o);
              input clk_i;
              input write_enable_i;
              input [1:0] write_address_i;
              input [1:0] write_data_i;
              input read_enable_i;
              input [1:0] read_address_i;
              output [1:0] read_data_o;
            endmodule
            """;
        const string Top = """
            module top(clk_i, rst_ni, w_i, x_i, d_i, r_i, q_o);
              input clk_i;
              input rst_ni;
              input w_i;
              input x_i;
              input [1:0] d_i;
              input r_i;
              output [1:0] q_o;
              memory u0 (
                .clk_i(clk_i),
                .write_enable_i(w_i),
                .write_address_i({ x_i, 1'b1 }),
                .write_data_i(d_i),
                .read_enable_i(r_i),
                .read_address_i({ x_i, 1'b1 }),
                .read_data_o(q_o)
              );
            endmodule
            """;
        // Writes 2 to word 1 and 3 to word 3, then reads both; what is read comes a cycle later and stays.
        string[] write = ["1", "1", "0", "0", "0", "0"];
        string[] word = ["0", "1", "0", "1", "0", "0"];
        string[] data = ["10", "11", "00", "00", "00", "00"];
        string[] read = ["0", "0", "1", "1", "0", "0"];
        string[] given = ["00", "00", "00", "10", "11", "11"];

        var power = Measure(
            Top, 6, cycle =>
            [("w_i", write[cycle]), ("x_i", word[cycle]), ("d_i", data[cycle]), ("r_i", read[cycle]), ("q_o", given[cycle])],
            blackBoxes: Box);

        Assert.Equal([new MacroAccess("memory", "u0", 1, 2, 2, 2)], power.Macros);
        Assert.Contains("Memory macros are not in the power; their accesses are told.", power.Notes);
    }

    [Fact]
    public void Modules_have_what_is_in_them_and_together_what_the_same_netlist_has_without_them()
    {
        const string Inside = """
            module \$paramod\inner\Width=s32'00000000000000000000000000000001 (x, y);
              input x;
              output y;
              wire mid;
              inv u0 (
                .A(x),
                .Y(mid)
              );
              inv u1 (
                .A(mid),
                .Y(y)
              );
            endmodule

            """;
        const string Outside = """
            module top(clk_i, rst_ni, a_i, y_o);
              input clk_i;
              input rst_ni;
              input a_i;
              output y_o;
              wire z;
              \$paramod\inner\Width=s32'00000000000000000000000000000001  u_inner (
                .x(z),
                .y(y_o)
              );
              assign z = a_i;
            endmodule
            """;
        (string, string)[] Values(int cycle) => [("a_i", $"{cycle % 2}"), ("y_o", $"{cycle % 2}")];

        var (flat, deep) = (Measure(Chain, 6, Values), Measure(Inside + Outside, 6, Values));

        Assert.Equal(["inner (Width=1)", "top"], deep.Modules.Select(m => m.Module));
        Assert.Equal(flat.Milliwatts, deep.Milliwatts, 12);
        // What comes from outside is charged in the top: 0.01 pF, five changes.
        Assert.Equal(5 * 0.02, deep.Modules[1].Milliwatts * Nanoseconds * 6, 9);
    }

    [Fact]
    public void A_latch_behind_a_clock_gate_takes_what_its_register_gives_after_the_edge()
    {
        // Cycle 0: d and the gate's enable are offered. Cycle 1: the register has d, the gate opens, the latch follows.
        const string Bank = """
            module top(clk_i, rst_ni, d_i, en_i, q_o);
              input clk_i;
              input rst_ni;
              input d_i;
              input en_i;
              output q_o;
              wire g;
              wire r;
              dff u0 (
                .CK(clk_i),
                .D(d_i),
                .RN(1'b1),
                .Q(r)
              );
              gate u1 (
                .CK(clk_i),
                .EN(en_i),
                .GCK(g)
              );
              latch u2 (
                .G(g),
                .D(r),
                .Q(q_o)
              );
            endmodule
            """;
        string[] data = ["1", "0", "1", "0", "1", "1"];
        string[] enable = ["1", "0", "0", "1", "0", "0"];
        string[] stored = ["0", "1", "1", "1", "0", "0"];

        var power = Measure(Bank, 6, cycle => [("d_i", data[cycle]), ("en_i", enable[cycle]), ("q_o", stored[cycle])]);

        Assert.Equal(6, power.Cycles);
    }

    [Fact]
    public void Gates_that_do_something_else_than_the_source_are_told()
    {
        var e = Assert.Throws<ToolException>(() => Measure(Chain, 3, cycle => [("a_i", "1"), ("y_o", cycle < 2 ? "1" : "0")]));

        Assert.Equal("Cycle 2: bit 0 of y_o is 1 in the gates, not so in the source.", e.Message);
    }

    [Theory]
    [InlineData("capacitive_load_unit (1, pf)", "capacitive_load_unit (1, ff)", 1e-3, 1)]
    [InlineData("leakage_power_unit : \"1nW\"", "leakage_power_unit : \"10pW\"", 1, 0.01)]
    [InlineData("nom_voltage : 2.0", "nom_voltage : 1.0", 0.25, 1)]
    public void Units_are_those_of_the_library(string unit, string other, double switching, double leakage)
    {
        (string, string)[] Values(int cycle) => [("a_i", $"{cycle % 2}"), ("y_o", $"{cycle % 2}")];
        var before = Measure(Chain, 6, Values);

        var after = Measure(Chain, 6, Values, LibertyLibrary.Parse("l", SmallCells.Text.Replace(unit, other, StringComparison.Ordinal)));

        Assert.Equal(before.Modules[0].Switching * switching, after.Modules[0].Switching, 12);
        Assert.Equal(before.Modules[0].Leakage * leakage, after.Modules[0].Leakage, 15);
    }

    [Theory]
    [InlineData("nom_voltage : 2.0;", "", "nom_voltage = (none)")]
    [InlineData("time_unit : \"1ns\"", "time_unit : \"fast\"", "time_unit = fast")]
    [InlineData("capacitive_load_unit (1, pf);", "", "capacitive_load_unit = (none)")]
    [InlineData("values (\"0.005, 0.005\")", "values (\"0.005\")", "inv.rise_power.values = 1 numbers")]
    [InlineData("values (\"0.005, 0.005\")", "values (\"0.005, nan\")", "inv.rise_power.values = nan")]
    [InlineData("total_output_net_capacitance", "temperature", "inv.rise_power.variable_1 = temperature")]
    [InlineData("function : \"!A\"", "function : \"A ? B\"", "inv.Y.function = A ? B")]
    public void A_library_without_what_is_needed_is_refused(string text, string other, string message)
    {
        var library = LibertyLibrary.Parse("small.lib", SmallCells.Text.Replace(text, other, StringComparison.Ordinal));

        var e = Assert.Throws<InvalidInputException>(() => Measure(Chain, 2, _ => [("a_i", "0"), ("y_o", "0")], library));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    private static double Picojoules(PowerReport power, Func<ModulePower, double> part) =>
        power.Modules.Sum(part) * power.ClockNanoseconds * power.Cycles;

    private static PowerReport Measure(
        string netlist, int cycles, Func<int, (string Port, string Bits)[]> values, LibertyLibrary? library = null,
        string blackBoxes = "", bool countsGlitches = false)
    {
        using var folder = new TemporaryFolder();
        var design = new MappedDesign(
            new SynthesisReport(
                "top", "small", 0, new Dictionary<CellKind, long>(), new Dictionary<string, long>(), [], [], []),
            folder.Write("netlist.v", Encoding.UTF8.GetBytes(netlist)), folder.Write("black_boxes.v", Encoding.UTF8.GetBytes(blackBoxes)),
            SynthesisTarget.ForLiberty(library ?? SmallCells.Library));
        var trace = folder.Write("ports.vcd", Encoding.UTF8.GetBytes(Waveform(cycles, values)));
        return GatePower.Of(design, trace, Nanoseconds, countsGlitches);
    }

    // As Verilator writes it: ports change in the high phase.
    private static string Waveform(int cycles, Func<int, (string Port, string Bits)[]> values)
    {
        string[] ports = [.. Ports.Split(", "), .. values(0).Select(v => v.Port)];
        var text = new StringBuilder("$timescale 1ns $end\n$scope module TOP $end\n");
        foreach (var (k, port) in ports.Index())
            text.Append($" $var wire {(k < 2 ? 1 : values(0)[k - 2].Bits.Length)} {(char)('!' + k)} {port} [0:0] $end\n");
        text.Append("$scope module top $end\n $var wire 1 z clk_i $end\n$upscope $end\n$upscope $end\n$enddefinitions $end\n\n");
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            text.Append($"#{10 * cycle}\n1!\n1\"\n");
            foreach (var (k, (_, bits)) in values(cycle).Index())
                text.Append(bits.Length == 1 ? $"{bits}{(char)('#' + k)}\n" : $"b{bits} {(char)('#' + k)}\n");
            text.Append($"#{10 * cycle + 5}\n0!\n");
        }

        return text.ToString();
    }
}
