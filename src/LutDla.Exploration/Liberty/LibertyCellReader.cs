using System.Globalization;

namespace LutDla.Exploration.Liberty;

/// <summary>Turns the <c>cell</c> group of a Liberty file into a <see cref="LibertyCell"/>.</summary>
internal static class LibertyCellReader
{
    // Groups that stand for an ideal value inside the cell; their arguments are its name and the name of its complement.
    private static readonly string[] FlipFlops = ["ff", "ff_bank"];
    private static readonly string[] Latches = ["latch", "latch_bank"];

    public static LibertyCell Read(LibertyGroup cell)
    {
        LibertyGroup[] pins = [.. cell.GroupsNamed("pin", "bus").Where(p => p["direction"] is "input" or "output" or "internal")];
        var outputs = pins.Where(p => p["direction"] == "output").ToDictionary(p => p.Arguments[0], p => p["function"] ?? "", StringComparer.Ordinal);
        var gate = ClockGate(cell, pins);
        return new LibertyCell(
            cell.Arguments[0],
            double.TryParse(cell["area"], NumberStyles.Float, CultureInfo.InvariantCulture, out var area) ? area : 0,
            IsFlipFlop: cell.GroupsNamed(FlipFlops).Any(),
            IsLatch: cell.GroupsNamed(Latches).Any() && cell["clock_gating_integrated_cell"] is null,
            Latch(cell, outputs),
            gate,
            outputs,
            [.. pins.Where(p => p["direction"] == "input").Select(p => p.Arguments[0])])
        {
            Special = Special(cell, pins, outputs),
        };
    }

    private static LibertyLatch? Latch(LibertyGroup cell, Dictionary<string, string> outputs)
    {
        LibertyGroup[] latches = [.. cell.GroupsNamed("latch")];
        if (latches is not [{ Arguments: [var value, ..] } latch] || latch["clear"] is not null || latch["preset"] is not null)
            return null;
        var output = outputs.FirstOrDefault(o => Plain(o.Value) == value).Key;
        var (data, enable) = (Plain(latch["data_in"]), Plain(latch["enable"]));
        var openWhenHigh = !IsInverted(enable);
        return output is null || data.Length == 0 || IsInverted(data) || enable.Length == 0
            ? null
            : new LibertyLatch(data, enable.Trim('!', '\''), openWhenHigh, output);
    }

    private static LibertyClockGate? ClockGate(LibertyGroup cell, LibertyGroup[] pins)
    {
        if (cell["clock_gating_integrated_cell"] is not { } kind || !kind.StartsWith("latch_posedge", StringComparison.Ordinal))
            return null;
        string? Pin(string role) => pins.FirstOrDefault(p => p.IsTrue(role))?.Arguments[0];
        return Pin("clock_gate_clock_pin") is { } clock && Pin("clock_gate_enable_pin") is { } enable && Pin("clock_gate_out_pin") is { } output
            ? new LibertyClockGate(clock, enable, output, [.. pins.Where(p => p.IsTrue("clock_gate_test_pin")).Select(p => p.Arguments[0])])
            : null;
    }

    private static string Special(LibertyGroup cell, LibertyGroup[] pins, Dictionary<string, string> outputs)
    {
        if (cell.IsTrue("dont_use"))
            return "not to be used";
        if (outputs.Count == 0)
            return "no output";
        if (pins.Any(p => p["three_state"] is not null))
            return "three-state";
        if (cell.GroupsNamed("test_cell").Any())
            return "scan";
        if (cell.IsTrue("always_on") || cell.IsTrue("is_isolation_cell") || cell.IsTrue("is_level_shifter"))
            return "power domains";
        return cell["clock_gating_integrated_cell"] is null ? "" : "clock gate";
    }

    private static string Plain(string? expression) => (expression ?? "").Trim('(', ')', ' ');

    private static bool IsInverted(string expression) => expression.StartsWith('!') || expression.EndsWith('\'');
}
