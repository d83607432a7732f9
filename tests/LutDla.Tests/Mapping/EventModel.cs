using LutDla.Hardware;
using LutDla.Mapping;
using LutDla.Mapping.Schedule;

namespace LutDla.Tests.Mapping;

/// <summary>
/// The rules of docs/core.md beat by beat, every event kept: what <see cref="CycleModel"/> must equal, and the cycles of the index monitor.
/// </summary>
internal sealed class EventModel(Core core)
{
    private readonly Load _codebooks = new(core.CodebookLoadBeats);
    private readonly Load _tables = new(core.TableLoadBeats);
    private readonly List<long> _written = [];           // of each index beat searched so far
    private readonly List<long> _freed = [];             // of each index beat that was read for the last time
    private readonly List<long> _searchCommandDone = []; // of each searching pass: its last activation beat
    private readonly List<(long Read, long Drained)> _passes = [];

    private long _command = -1;
    private long _activation = -1;
    private long _read = -1;
    private long _issue = -2;
    private int _tileStart;

    /// <summary>Index beats written so far, by cycle: what the monitor of the core shows.</summary>
    public IReadOnlyList<long> IndexCycles => _written;

    /// <summary>From the reset to the last result of a layer.</summary>
    public static long Cycles(Core core, LayerShape shape) => Run(core, LayerSchedule.Passes(core, shape))[^1].LastResult;

    /// <summary>The timings of <paramref name="passes"/>, in order, from the reset on.</summary>
    public static IReadOnlyList<PassTiming> Run(Core core, IEnumerable<TilePass> passes)
    {
        var model = new EventModel(core);
        return [.. passes.Select(model.Next)];
    }

    /// <summary>The timing of the next pass.</summary>
    public PassTiming Next(TilePass pass)
    {
        _command = Math.Max(_command + 1, CommandFifosOpen());
        var visible = _command + 1;
        var (first, last) = Lookups(pass, visible);
        var (firstResult, lastResult, drained) = Drain(pass, visible, last);
        _passes.Add((_read, drained));
        return new PassTiming(first, last, firstResult, lastResult);
    }

    // A FIFO that is full opens in the cycle after a pop.
    private long CommandFifosOpen()
    {
        var depth = core.CommandFifoDepth;
        var open = 0L;
        if (_passes.Count >= depth)
            open = Math.Max(_passes[^depth].Read, _passes[^depth].Drained) + 1;
        if (_searchCommandDone.Count >= depth)
            open = Math.Max(open, _searchCommandDone[^depth] + 1);
        return open;
    }

    private (long First, long Last) Lookups(TilePass pass, long visible)
    {
        var first = -1L;
        if (pass.Search)
            _tileStart = _written.Count;
        for (var k = 0; k < pass.Beats; k++)
        {
            var firstOfGroup = k % pass.Blocks == 0;
            if (pass.Search)
                Search(firstOfGroup, visible);

            // The reader's stage empties with the issue of the beat before.
            _read = Max(_read + 1, _issue, visible, _written[_tileStart + k] + 1);
            if (!pass.Keep)
                _freed.Add(_read);
            _issue = Issue(pass, firstOfGroup, k == 0);
            if (k == 0)
                first = _issue;
        }

        if (pass.Search)
            _searchCommandDone.Add(_activation);
        return (first, _issue);
    }

    private void Search(bool firstOfGroup, long visible)
    {
        var beat = _written.Count;
        var space = beat < core.IndexBufferBeats ? 0 : _freed[beat - core.IndexBufferBeats] + 1;
        _activation = Max(_activation + 1, visible, space, firstOfGroup ? _codebooks.Full : 0);
        if (firstOfGroup)
            _codebooks.Swap(_activation);
        _written.Add(_activation + core.SearchLatency);
    }

    private long Issue(TilePass pass, bool firstOfGroup, bool firstOfPass)
    {
        var issue = Math.Max(_read + 1, _issue + 1);
        if (firstOfPass && _passes.Count >= core.ScratchpadBuffers)
            issue = Math.Max(issue, _passes[^core.ScratchpadBuffers].Drained + 1);
        if (firstOfGroup)
        {
            issue = Math.Max(issue, _tables.Full);
            _tables.Swap(issue);
        }

        return issue;
    }

    private (long FirstResult, long LastResult, long Drained) Drain(TilePass pass, long visible, long lastLookup)
    {
        var before = _passes.Count == 0 ? -1 : _passes[^1].Drained;
        var finished = lastLookup + core.AccumulateLatency + 1;
        var parameters = before + 1 + pass.RowBeats;
        var start = Max(finished, parameters, before + 1, visible);
        var drained = start + pass.ResultBeats;
        return (start + 1 + core.RescaleLatency, drained + core.RescaleLatency, drained);
    }

    private static long Max(long a, long b, long c, long d) => Math.Max(Math.Max(a, b), Math.Max(c, d));

    // The shadow of a double-buffered memory: the last beat lands a cycle after it was taken; the next load begins after the swap.
    private sealed class Load(int beats)
    {
        public long Full { get; private set; } = beats + 1;

        public void Swap(long cycle) => Full = cycle + 1 + beats + 1;
    }
}
