using System.Globalization;
using LutDla.Boundary;
using LutDla.Exploration.Liberty;

namespace LutDla.Exploration.Power;

/// <summary>Turns the <c>cell</c> group of a Liberty file into a <see cref="CellModel"/>.</summary>
internal sealed class CellModelReader(LibertyLibrary library)
{
    private const string Mend = "Give a library whose cells have functions.";

    // As many pins as the word of a truth table has states for.
    private const int MostPins = 6;

    private readonly double _leakageWatts = PowerLibrary.Of(library).LeakageWatts;

    /// <param name="name">Of a cell of the library.</param>
    /// <exception cref="InvalidInputException">It has no function that can be simulated, or a table or number is none.</exception>
    public CellModel Read(string name)
    {
        var (cell, known) = (library.CellGroup(name), library.Cells[name]);
        string[] inputs = [.. known.Inputs];
        string[] outputs = [.. known.Outputs.Keys];
        if (inputs.Length > MostPins)
            throw Refuse(name, "pins", $"{inputs.Length} inputs", $"A cell that is simulated has at most {MostPins}.");
        var (storage, bits) = Storage(name, cell, inputs);
        return new CellModel
        {
            Name = name,
            Inputs = [.. inputs.Select(i => Input(name, Pin(cell, i), i, inputs, outputs))],
            Outputs = [.. outputs.Select(o => Output(name, Pin(cell, o), o, known, [.. inputs, .. bits], inputs, outputs))],
            Storage = storage,
            Gate = known.ClockGate is { } gate ? new(Array.IndexOf(inputs, gate.Clock), Array.IndexOf(inputs, gate.Enable)) : null,
            Leakage = Leakage(name, cell, [.. inputs, .. outputs]),
        };
    }

    // A group may describe several pins.
    private static LibertyGroup Pin(LibertyGroup cell, string name) =>
        cell.GroupsNamed("pin", "bus").First(p => p.Arguments.Contains(name));

    private InputModel Input(string cell, LibertyGroup pin, string name, string[] inputs, string[] outputs)
    {
        double? Capacitance(string key) => pin[key] is { } text ? Number(cell, $"{name}.{key}", text) : null;
        var (rise, fall) = (Capacitance("rise_capacitance"), Capacitance("fall_capacitance"));
        var capacitance = rise is { } up && fall is { } down ? (up + down) / 2 : Capacitance("capacitance") ?? 0;
        return capacitance >= 0
            ? new(name, capacitance, Energies(cell, pin, inputs, outputs))
            : throw Refuse(cell, $"{name}.capacitance", $"{capacitance}", "A capacitance is at least 0.");
    }

    private OutputModel Output(
        string cell, LibertyGroup pin, string name, LibertyCell known, string[] variables, string[] inputs, string[] outputs)
    {
        var table = known.ClockGate is not null ? 0 : Table(known.Outputs[name], variables)
            ?? throw Refuse(
                cell, $"{name}.function", known.Outputs[name], $"A function of at most {MostPins} pins and states is simulated.");
        return new(name, table, Energies(cell, pin, inputs, outputs),
            [.. pin.GroupsNamed("timing").SelectMany(t => Times(cell, t, inputs))]);
    }

    private IReadOnlyList<EnergyArc> Energies(string cell, LibertyGroup pin, string[] inputs, string[] outputs) =>
    [
        .. pin.GroupsNamed("internal_power").SelectMany(energy => Related(energy, inputs).Select(related => new EnergyArc(
            related, energy["when"] is { } when ? Table(when, [.. inputs, .. outputs]) : null,
            Find(cell, energy, "rise_power") ?? Find(cell, energy, "power"),
            Find(cell, energy, "fall_power") ?? Find(cell, energy, "power")))),
    ];

    private IEnumerable<TimeArc> Times(string cell, LibertyGroup timing, string[] inputs) => Related(timing, inputs)
        .Where(related => related >= 0)
        .Select(related => new TimeArc(
            related, Find(cell, timing, "cell_rise"), Find(cell, timing, "cell_fall"),
            Find(cell, timing, "rise_transition"), Find(cell, timing, "fall_transition")));

    // "A B" names two; a pin that is no input, as an output of the same cell, is any.
    private static IEnumerable<int> Related(LibertyGroup arc, string[] inputs) => arc["related_pin"] is { } pins
        ? pins.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => Array.IndexOf(inputs, p))
        : [-1];

    private LibertyTable? Find(string cell, LibertyGroup arc, string name) =>
        arc.GroupsNamed(name).FirstOrDefault() is { } table ? LibertyTable.Read(library.File, cell, table, library.Group) : null;

    private (CellStorage? Storage, string[] Bits) Storage(string name, LibertyGroup cell, string[] inputs)
    {
        if (library.Cells[name].ClockGate is not null || cell.GroupsNamed("ff", "latch").FirstOrDefault() is not { } group)
            return (null, []);
        ulong? Inputs(string key) => Table(group[key] ?? "0", inputs);
        var isLatch = group.Name == "latch";
        return group.Arguments.Count == 2
            && Inputs(isLatch ? "enable" : "clocked_on") is { } clock && Inputs(isLatch ? "data_in" : "next_state") is { } next
            && Inputs("clear") is { } clear && Inputs("preset") is { } preset
            ? (new(isLatch, clock, next, clear, preset), [.. group.Arguments])
            : throw Refuse(name, group.Name, string.Join(' ', group.Arguments), "A register's functions are of its input pins.");
    }

    private IReadOnlyList<double> Leakage(string name, LibertyGroup cell, string[] pins)
    {
        var any = cell["cell_leakage_power"] is { } text ? Number(name, "cell_leakage_power", text) : (double?)null;
        (ulong? When, double Value)[] states =
        [
            .. cell.GroupsNamed("leakage_power").Where(l => l["value"] is not null)
                .Select(l => (Table(l["when"] ?? "1", pins), Number(name, "leakage_power.value", l["value"]!))),
        ];
        var mean = any ?? (states.Length == 0 ? 0 : states.Average(s => s.Value));
        if (pins.Length > MostPins || states.Length == 0)
            return [mean * _leakageWatts];
        return
        [
            .. Enumerable.Range(0, 1 << pins.Length).Select(state =>
                (states.Where(s => s.When is { } when && (when >> state & 1) == 1).Select(s => (double?)s.Value).FirstOrDefault() ?? mean)
                * _leakageWatts),
        ];
    }

    private static ulong? Table(string function, IReadOnlyList<string> pins) => LibertyFunction.Table(function, pins);

    private double Number(string cell, string key, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Refuse(cell, key, text, "must be a finite number.");

    private InvalidInputException Refuse(string cell, string key, string value, string rule) =>
        new(library.File, $"{cell}.{key}", value, rule, Mend);
}
