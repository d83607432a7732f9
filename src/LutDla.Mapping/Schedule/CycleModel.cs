using LutDla.Hardware;

namespace LutDla.Mapping.Schedule;

/// <summary>When a pass happens, in cycles after the reset.</summary>
/// <param name="FirstLookup">Issue of the first index beat.</param>
/// <param name="LastLookup">Issue of the last index beat.</param>
/// <param name="FirstResult">The first result beat leaves; the others follow one a cycle.</param>
/// <param name="LastResult">The last result beat leaves.</param>
public readonly record struct PassTiming(long FirstLookup, long LastLookup, long FirstResult, long LastResult);

/// <summary>
/// The exact cycles of a sequence of passes when nothing outside the core stalls: every input is offered as early as the core takes
/// it, every result is taken at once. Each event happens at the latest of the events that it waits for, plus a latency (max-plus);
/// the rules are those of docs/core.md, the co-simulation compares every result's cycle. What only repeats is not walked through
/// again, so that time and memory hardly grow with the layer.
/// </summary>
public sealed class CycleModel
{
    private readonly Core _core;
    private readonly LookupModel _lookups;

    private long _command = -1;

    // Of the last passes, the latest first: the last read, the last drain; of those that search, the last activation beat.
    private readonly long[] _read;
    private readonly long[] _drained;
    private readonly long[] _searched;

    public CycleModel(Core core)
    {
        (_core, _lookups) = (core, new LookupModel(core));
        var depth = Math.Max(core.CommandFifoDepth, core.ScratchpadBuffers);
        (_read, _drained, _searched) = (BeforeReset(depth), BeforeReset(depth), BeforeReset(depth));
    }

    /// <summary>When the last result of all passes so far leaves.</summary>
    public long LastResult => _drained[0] + _core.RescaleLatency;

    /// <summary>The timings of <paramref name="passes"/>, in order, from the reset on.</summary>
    public static IReadOnlyList<PassTiming> Run(Core core, IEnumerable<TilePass> passes)
    {
        var model = new CycleModel(core);
        return [.. passes.Select(model.Next)];
    }

    /// <summary>The timing of the next pass.</summary>
    public PassTiming Next(TilePass pass)
    {
        _command = Math.Max(_command + 1, CommandFifosOpen());
        var visible = _command + 1;
        var firstLookup = _lookups.Run(pass, visible, _drained[_core.ScratchpadBuffers - 1] + 1);
        var finished = _lookups.Issue + _core.AccumulateLatency + 1;
        var parameters = _drained[0] + 1 + pass.RowBeats;
        var drain = Math.Max(Math.Max(finished, parameters), visible);
        Remember(_read, _lookups.Read);
        Remember(_drained, drain + pass.ResultBeats);
        if (pass.Search)
            Remember(_searched, _lookups.Activation);
        return new PassTiming(firstLookup, _lookups.Issue, drain + 1 + _core.RescaleLatency, LastResult);
    }

    /// <summary>The passes of a tile, again and again.</summary>
    public void Repeat(IReadOnlyList<TilePass> tile, long times)
    {
        var runs = Runs(tile);
        Repetition.Run(times, RunTile, Standing, Advance);

        void RunTile()
        {
            foreach (var (pass, count) in runs)
                Repetition.Run(count, () => Next(pass), Standing, Advance);
        }
    }

    // Neighbours that take the core as much.
    private static List<(TilePass Pass, int Count)> Runs(IReadOnlyList<TilePass> tile)
    {
        var runs = new List<(TilePass Pass, int Count)>();
        foreach (var pass in tile)
        {
            if (runs is [.., var (last, count)] && last with { FirstColumn = pass.FirstColumn, ColumnCount = pass.ColumnCount } == pass)
                runs[^1] = (last, count + 1);
            else
                runs.Add((pass, 1));
        }

        return runs;
    }

    // Whatever waits for these need not wait.
    private static long[] BeforeReset(int count) => [.. Enumerable.Repeat(-1L, count)];

    private static void Remember(long[] latest, long cycle)
    {
        Array.Copy(latest, 0, latest, 1, latest.Length - 1);
        latest[0] = cycle;
    }

    // A FIFO that is full opens in the cycle after a pop.
    private long CommandFifosOpen()
    {
        var last = _core.CommandFifoDepth - 1;
        return Math.Max(Math.Max(_read[last], _drained[last]), _searched[last]) + 1;
    }

    private Moment Standing() => new([_command, .. _lookups.Cycles, .. _read, .. _drained, .. _searched], _lookups.PlacesAhead);

    private void Advance(long cycles)
    {
        _command += cycles;
        _lookups.Advance(cycles);
        foreach (var latest in new[] { _read, _drained, _searched })
        {
            for (var i = 0; i < latest.Length; i++)
                latest[i] += cycles;
        }
    }
}
