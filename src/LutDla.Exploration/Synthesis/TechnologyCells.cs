using System.IO.Enumeration;
using LutDla.Exploration.Liberty;
using LutDla.Rtl;

namespace LutDla.Exploration.Synthesis;

/// <summary>
/// The cells of a Liberty file in the roles that the flow needs, found by what they do: latches, the clock gate, constants, and
/// the buffer that is taken for the driver of every input.
/// </summary>
internal sealed class TechnologyCells
{
    private readonly SynthesisTarget _target;
    private readonly LibertyLibrary _library;

    public TechnologyCells(SynthesisTarget target, LibertyLibrary library)
    {
        (_target, _library) = (target, library);
        ClockGate = Smallest(c => c.ClockGate is { Test.Count: 0 });
        HighLatch = Smallest(c => c.Latch is { OpenWhenHigh: true });
        LowLatch = Smallest(c => c.Latch is { OpenWhenHigh: false });
        Driver = SecondSmallestBuffer();
    }

    public LibertyCell? ClockGate { get; }

    public LibertyCell? HighLatch { get; }

    public LibertyCell? LowLatch { get; }

    public LibertyCell? Driver { get; }

    /// <summary>Cell and pin that is always 1 or always 0, if the library has one.</summary>
    public (string Cell, string Pin)? Constant(char value) =>
        Ordinary().SelectMany(c => c.Outputs.Where(o => o.Value.Trim('(', ')', ' ') == $"{value}").Select(o => ((string, string)?)(c.Name, o.Key))).FirstOrDefault();

    /// <summary>The library as the technology mapper may see it: without cells for scan, power domains, three-state buses and the like.</summary>
    public string MappingText() => _library.TextOf(IsOrdinary);

    /// <summary>Maps the two generic latches. Techmap Verilog.</summary>
    public string LatchMap() => LatchModule("$_DLATCH_P_", openWhenHigh: true) + LatchModule("$_DLATCH_N_", openWhenHigh: false);

    /// <summary>The design's files with its behavioural clock gate replaced by the library's cell, if it has one.</summary>
    public IReadOnlyList<VerilogFile> WithClockGate(SynthesisRequest request) =>
        ClockGate is not { ClockGate: { } pins } cell || request.ClockGate is not { } module
            ? request.Files
            : [.. request.Files.Select(f => f.Name == $"{module}.v" ? f with { Text = ClockGateText(module, cell.Name, pins) } : f)];

    /// <summary>Declares the clock-gating cell, so that it can be instantiated.</summary>
    public string ClockGateDeclaration() => ClockGate is not { ClockGate: { } pins } cell
        ? ""
        : $"module \\{cell.Name} (input \\{pins.Clock} , input \\{pins.Enable} , output \\{pins.Output} );\nendmodule\n";

    private static string ClockGateText(string module, string cell, LibertyClockGate pins) => $$"""
        module {{module}} (input wire clk_i, input wire enable_i, output wire clk_o);
          \{{cell}} u_cell (.\{{pins.Clock}} (clk_i), .\{{pins.Enable}} (enable_i), .\{{pins.Output}} (clk_o));
        endmodule

        """;

    // A library that has only the other polarity gets an inverter in front of the enable.
    private string LatchModule(string generic, bool openWhenHigh)
    {
        var cell = (openWhenHigh ? HighLatch : LowLatch) ?? HighLatch ?? LowLatch;
        if (cell?.Latch is not { } pins)
            return "";
        var enable = pins.OpenWhenHigh == openWhenHigh ? "E" : "~E";
        return $"module \\{generic} (input E, input D, output Q);\n" +
            $"  \\{cell.Name} _TECHMAP_REPLACE_ (.\\{pins.Data} (D), .\\{pins.Enable} ({enable}), .\\{pins.Output} (Q));\nendmodule\n";
    }

    private LibertyCell? SecondSmallestBuffer()
    {
        LibertyCell[] buffers = [.. Ordinary().Where(c => c.IsBuffer)];
        return buffers.FirstOrDefault(c => c.Area > buffers[0].Area) ?? buffers.FirstOrDefault();
    }

    private LibertyCell? Smallest(Func<LibertyCell, bool> suits) =>
        _library.Cells.Values.Where(c => c.Special is "" or "clock gate" && !IsExcluded(c) && suits(c)).OrderBy(c => c.Area).ThenBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault();

    private IEnumerable<LibertyCell> Ordinary() =>
        _library.Cells.Values.Where(IsOrdinary).OrderBy(c => c.Area).ThenBy(c => c.Name, StringComparer.Ordinal);

    private bool IsOrdinary(LibertyCell cell) => cell.Special.Length == 0 && !IsExcluded(cell);

    private bool IsExcluded(LibertyCell cell) => _target.ExcludedCells.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, cell.Name, ignoreCase: false));
}
