using System.Globalization;
using LutDla.Boundary;

namespace LutDla.Exploration.Liberty;

/// <summary>Turns the <c>cell</c> group of a Liberty file into a <see cref="LibertyCell"/>.</summary>
internal static class LibertyCellReader
{
    // Groups that stand for an ideal value inside the cell; their arguments are its name and the name of its complement.
    private static readonly string[] FlipFlops = ["ff", "ff_bank"];
    private static readonly char[] Operators = ['!', '\'', '&', '*', '|', '+', '^', '(', ')', ' '];
    private static readonly string[] Latches = ["latch", "latch_bank"];

    /// <summary>A pin group with one of its names.</summary>
    private sealed record Pin(string Name, LibertyGroup Group)
    {
        public string? Direction => Group["direction"];
    }

    /// <param name="file">For messages.</param>
    /// <param name="name">Of the cell, as <see cref="LibertyNames"/> allows it.</param>
    /// <exception cref="InvalidInputException">A pin has no plain name or is there twice, or the area is no number.</exception>
    public static LibertyCell Read(string file, string name, LibertyGroup cell)
    {
        var pins = Pins(file, name, cell);
        var outputs = pins.Where(p => p.Direction == "output")
            .ToDictionary(p => p.Name, p => p.Group["function"] ?? "", StringComparer.Ordinal);
        string[] inputs = [.. pins.Where(p => p.Direction == "input").Select(p => p.Name)];
        return new LibertyCell(
            name,
            Area(file, name, cell["area"]),
            IsFlipFlop: cell.GroupsNamed(FlipFlops).Any(),
            IsLatch: cell.GroupsNamed(Latches).Any() && cell["clock_gating_integrated_cell"] is null,
            Latch(cell, inputs, outputs),
            ClockGate(cell, pins),
            outputs,
            inputs)
        {
            Special = Special(cell, pins, outputs),
            FullAdder = LibertyFullAdder.Of(inputs, outputs),
            Clocks = [.. pins.Where(p => p.Group.IsTrue("clock")).Select(p => p.Name)],
        };
    }

    private static Pin[] Pins(string file, string name, LibertyGroup cell)
    {
        Pin[] pins =
        [
            .. cell.GroupsNamed("pin", "bus").Where(g => g["direction"] is "input" or "output" or "internal")
                .SelectMany(g => LibertyNames.OfPins(file, name, g).Select(pin => new Pin(pin, g))),
        ];
        var twice = pins.GroupBy(p => p.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? pins
            : throw new InvalidInputException(file, $"{name}.pin", twice.Key, "A pin is described once.", "Repair the library.");
    }

    private static double Area(string file, string name, string? text) =>
        text is null ? 0
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var area) && double.IsFinite(area) && area >= 0 ? area
        : throw new InvalidInputException(file, $"{name}.area", text, "An area is a finite number of at least 0.", "Repair the library.");

    // Data and enable of a latch that can be mapped to are pins; a function of several could not be connected.
    private static LibertyLatch? Latch(LibertyGroup cell, string[] inputs, Dictionary<string, string> outputs)
    {
        LibertyGroup[] latches = [.. cell.GroupsNamed("latch")];
        if (latches is not [{ Arguments: [var value, ..] } latch] || latch["clear"] is not null || latch["preset"] is not null)
            return null;
        var output = outputs.FirstOrDefault(o => Plain(o.Value) == value).Key;
        var (data, enable) = (Plain(latch["data_in"]), Plain(latch["enable"]));
        var (openWhenHigh, enablePin) = (!IsInverted(enable), enable.Trim('!', '\''));
        return output is not null && inputs.Contains(data) && inputs.Contains(enablePin)
            ? new LibertyLatch(data, enablePin, openWhenHigh, output)
            : null;
    }

    private static LibertyClockGate? ClockGate(LibertyGroup cell, Pin[] pins)
    {
        if (cell["clock_gating_integrated_cell"] is not { } kind || !kind.StartsWith("latch_posedge", StringComparison.Ordinal))
            return null;
        string? With(string role) => pins.FirstOrDefault(p => p.Group.IsTrue(role))?.Name;
        return With("clock_gate_clock_pin") is { } clock && With("clock_gate_enable_pin") is { } enable
            && With("clock_gate_out_pin") is { } output
            ? new LibertyClockGate(clock, enable, output, [.. pins.Where(p => p.Group.IsTrue("clock_gate_test_pin")).Select(p => p.Name)])
            : null;
    }

    private static string Special(LibertyGroup cell, Pin[] pins, Dictionary<string, string> outputs)
    {
        if (cell.IsTrue("dont_use"))
            return "not to be used";
        if (outputs.Count == 0)
            return "no output";
        if (pins.Any(p => p.Group["three_state"] is not null))
            return "three-state";
        if (cell.GroupsNamed("test_cell").Any())
            return "scan";
        if (cell.IsTrue("always_on") || cell.IsTrue("is_isolation_cell") || cell.IsTrue("is_level_shifter"))
            return "power domains";
        if (cell.GroupsNamed(FlipFlops).Any(ReadsItself))
            return "register that reads itself";
        return cell["clock_gating_integrated_cell"] is null ? "" : "clock gate";
    }

    // One with an enable: earlier versions of Yosys do not know it, and a multiplexer costs as much.
    private static bool ReadsItself(LibertyGroup register) =>
        (register["next_state"] ?? "").Split(Operators).Intersect(register.Arguments, StringComparer.Ordinal).Any();

    private static string Plain(string? expression) => (expression ?? "").Trim('(', ')', ' ');

    private static bool IsInverted(string expression) => expression.StartsWith('!') || expression.EndsWith('\'');
}
