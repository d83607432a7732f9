using LutDla.Exploration.Liberty;
using LutDla.Rtl;

namespace LutDla.Exploration.Synthesis;

/// <summary>Verilog that puts cells of a library in the places of generic ones, for the roles that the library has a cell for.</summary>
internal static class CellVerilog
{
    /// <summary>The design's files with its behavioural clock gate and full adder replaced by cells.</summary>
    public static IReadOnlyList<VerilogFile> InPlaceOfModules(TechnologyCells cells, SynthesisRequest request)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (request.ClockGate is { } gate && cells.ClockGate is { } gateCell)
            texts[$"{gate}.v"] = ClockGate(gate, gateCell);
        if (request.FullAdder is { } adder && cells.FullAdder is { } adderCell)
            texts[$"{adder}.v"] = FullAdder(adder, adderCell);
        return [.. request.Files.Select(f => texts.TryGetValue(f.Name, out var text) ? f with { Text = text } : f)];
    }

    /// <summary>Declares the cells that the other texts instantiate.</summary>
    public static string Declarations(TechnologyCells cells)
    {
        var gate = cells.ClockGate is { ClockGate: { } g } gateCell
            ? $"module \\{gateCell.Name} (input \\{g.Clock} , input \\{g.Enable} , output \\{g.Output} );\nendmodule\n"
            : "";
        var adder = cells.FullAdder is { FullAdder: { } a } adderCell
            ? $"module \\{adderCell.Name} (input \\{a.A} , input \\{a.B} , input \\{a.C} , "
                + $"output \\{a.Sum} , output \\{a.Carry} );\nendmodule\n"
            : "";
        return gate + adder;
    }

    /// <summary>Techmap of the two latches of Yosys.</summary>
    public static string LatchMap(TechnologyCells cells) =>
        Latch("$_DLATCH_P_", cells.HighLatch ?? cells.LowLatch, openWhenHigh: true)
        + Latch("$_DLATCH_N_", cells.LowLatch ?? cells.HighLatch, openWhenHigh: false);

    /// <summary>Techmap of the full adders that Yosys finds among gates.</summary>
    public static string FullAdderMap(TechnologyCells cells) => cells.FullAdder is not { FullAdder: { } pins } cell ? "" : $$"""
        (* techmap_celltype = "$fa" *)
        module map_full_adders #(parameter WIDTH = 1) (
          input [WIDTH-1:0] A, input [WIDTH-1:0] B, input [WIDTH-1:0] C, output [WIDTH-1:0] X, output [WIDTH-1:0] Y);
          genvar i;
          generate
            for (i = 0; i < WIDTH; i = i + 1) begin : gen_bit
              {{Adder(cell.Name, pins, "A[i]", "B[i]", "C[i]", "Y[i]", "X[i]")}}
            end
          endgenerate
        endmodule

        """;

    private static string ClockGate(string module, LibertyCell cell) => cell.ClockGate is not { } pins ? "" : $$"""
        module {{module}} (input wire clk_i, input wire enable_i, output wire clk_o);
          \{{cell.Name}} u_cell (.\{{pins.Clock}} (clk_i), .\{{pins.Enable}} (enable_i), .\{{pins.Output}} (clk_o));
        endmodule

        """;

    private static string FullAdder(string module, LibertyCell cell) => cell.FullAdder is not { } pins ? "" : $$"""
        module {{module}} (input wire a_i, input wire b_i, input wire c_i, output wire sum_o, output wire carry_o);
          {{Adder(cell.Name, pins, "a_i", "b_i", "c_i", "sum_o", "carry_o")}}
        endmodule

        """;

    private static string Adder(string cell, LibertyFullAdder pins, string a, string b, string c, string sum, string carry) =>
        $"\\{cell} u_cell (.\\{pins.A} ({a}), .\\{pins.B} ({b}), .\\{pins.C} ({c}), .\\{pins.Sum} ({sum}), .\\{pins.Carry} ({carry}));";

    // A library that has only the other polarity gets an inverter in front of the enable.
    private static string Latch(string generic, LibertyCell? cell, bool openWhenHigh)
    {
        if (cell?.Latch is not { } pins)
            return "";
        var gate = pins.OpenWhenHigh == openWhenHigh ? "assign gate = E;" : "\\$_NOT_ u_not (.A(E), .Y(gate));";
        return $$"""
            module \{{generic}} (input E, input D, output Q);
              wire gate;
              {{gate}}
              \{{cell.Name}} _TECHMAP_REPLACE_ (.\{{pins.Data}} (D), .\{{pins.Enable}} (gate), .\{{pins.Output}} (Q));
            endmodule

            """;
    }
}
