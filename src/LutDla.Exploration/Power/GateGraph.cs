using LutDla.Exploration.Netlists;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Power;

/// <summary>Which cell drives each net and which pins hang on it, in arrays, for a simulation.</summary>
internal sealed class GateGraph
{
    private GateGraph(IReadOnlyList<FlatCell> cells, CellModel[] models, int netCount)
    {
        (Models, NetCount) = (models, netCount);
        InputNets = new int[cells.Count][];
        OutputNets = new int[cells.Count][];
        Drivers = new int[netCount];
        Array.Fill(Drivers, -1);
        for (var c = 0; c < cells.Count; c++)
        {
            InputNets[c] = [.. models[c].Inputs.Select(pin => NetAt(cells[c], pin.Name) ?? FlatNetlist.Zero)];
            OutputNets[c] = [.. models[c].Outputs.Select(pin => NetAt(cells[c], pin.Name) ?? -1)];
            foreach (var net in OutputNets[c].Where(n => n >= 0))
                Drivers[net] = c;
        }

        var sinks = Enumerable.Range(0, netCount).Select(_ => new List<(int Cell, int Pin)>()).ToArray();
        for (var c = 0; c < cells.Count; c++)
        {
            for (var pin = 0; pin < InputNets[c].Length; pin++)
                sinks[InputNets[c][pin]].Add((c, pin));
        }

        Sinks = [.. sinks.Select(s => s.ToArray())];
        Levels = LevelsOf();
    }

    /// <summary>Of each cell.</summary>
    public CellModel[] Models { get; }

    public int NetCount { get; }

    /// <summary>By cell and input.</summary>
    public int[][] InputNets { get; }

    /// <summary>By cell and output; -1 where nothing hangs on it.</summary>
    public int[][] OutputNets { get; }

    /// <summary>Cell that drives a net; -1 for one that comes from outside or from a black box.</summary>
    public int[] Drivers { get; }

    /// <summary>By net.</summary>
    public (int Cell, int Pin)[][] Sinks { get; }

    /// <summary>Of each cell: it comes after the cells before it, but for loops, which go through latches.</summary>
    public int[] Levels { get; }

    /// <exception cref="ToolException">A pin has several bits.</exception>
    public static GateGraph Of(FlatNetlist netlist, Func<string, CellModel> model) =>
        new(netlist.Cells, [.. netlist.Cells.Select(c => model(c.Type))], netlist.NetCount);

    private static int? NetAt(FlatCell cell, string pin) => !cell.Pins.TryGetValue(pin, out var nets) ? null
        : nets is [var net] ? net
        : throw new ToolException($"{cell.Type}.{pin} has {nets.Length} bits.");

    // Longest paths from registers and inputs. Depth first with a stack of its own: paths can be thousands of cells long.
    private int[] LevelsOf()
    {
        var levels = new int[Models.Length];
        var state = new byte[Models.Length]; // 1: being visited, 2: done
        var stack = new Stack<(int Cell, int Input)>();
        for (var root = 0; root < Models.Length; root++)
        {
            if (state[root] == 0)
                stack.Push((root, 0));
            while (stack.TryPop(out var at))
            {
                var (cell, input) = at;
                state[cell] = 1;
                if (IsSource(cell) || input == InputNets[cell].Length)
                {
                    state[cell] = 2;
                    if (!IsSource(cell))
                        levels[cell] = 1 + InputNets[cell].Max(n => Drivers[n] is >= 0 and var d && state[d] == 2 ? levels[d] : 0);
                    continue;
                }

                stack.Push((cell, input + 1));
                var before = Drivers[InputNets[cell][input]];
                if (before >= 0 && state[before] == 0)
                    stack.Push((before, 0));
            }
        }

        return levels;
    }

    // What gives a constant comes from nowhere.
    private bool IsSource(int cell) => Models[cell].Storage is { IsLatch: false } || InputNets[cell].Length == 0;
}
