using LutDla.Hardware;

namespace LutDla.Mapping.Schedule;

/// <summary>
/// The cycles of a layer in closed form, for who asks for those of millions of designs: a few sums and maxima a pass, whatever its beats,
/// and nothing for passes that only repeat. Equal to <see cref="CycleModel"/>, which the co-simulations confirm; docs/core.md says why.
/// </summary>
public sealed class ClosedForm
{
    private readonly Core _core;
    private readonly int _codebookLoad;
    private readonly int _tableLoad;
    private readonly int _searchLatency;
    private readonly int _accumulateLatency;
    private readonly MemoryPort? _memory;

    private Standing _now;

    private ClosedForm(Core core, MemoryPort? memory)
    {
        (_core, _memory) = (core, memory);
        (_codebookLoad, _tableLoad) = (core.CodebookLoadBeats, core.TableLoadBeats);
        (_searchLatency, _accumulateLatency) = (core.SearchLatency, core.AccumulateLatency);
        var (begin, first) = memory is null ? (0, 0) : (memory.Latency, (int)memory.Cycles(StreamTraffic.OfLoads(core)));
        _now = Standing.AfterReset(
            LoadTiming.Full(begin, Math.Max(first, _codebookLoad)), LoadTiming.Full(begin, Math.Max(first, _tableLoad)));
    }

    /// <summary>
    /// Whether the index buffer covers the latency of the search, so that no lookup waits because a search waited for a place: a place is
    /// taken again three cycles after its indices are written, at the earliest.
    /// </summary>
    public static bool Covers(Core core) => core.IndexBufferBeats >= core.SearchLatency + 3;

    /// <summary>
    /// Cycles from the reset to the last result of a layer; by <see cref="CycleModel"/> where the closed form does not cover the core.
    /// </summary>
    /// <param name="memory">
    /// What feeds the core: a pass then takes at least the cycles in which its streams cross the port, with the results of the pass before
    /// where another buffer keeps them meanwhile. Null is one that never stalls; only then are the cycles exact.
    /// </param>
    /// <exception cref="Boundary.InvalidInputException">
    /// The layer sums more subspaces than the core counts, or takes more cycles than are counted.
    /// </exception>
    public static long Cycles(Core core, LayerShape shape, MemoryPort? memory = null)
    {
        LayerSchedule.Check(core, shape);
        var model = new ClosedForm(core, memory);
        var (tiles, rest) = Math.DivRem(shape.RowCount, core.Config.Tile.Rows);
        model.Tiles(shape, 0, tiles);
        if (rest > 0)
            model.Tiles(shape, shape.RowCount - rest, 1);
        var cycles = model._now.Drained + core.RescaleLatency;
        return Covers(core) ? cycles : Math.Max(cycles, LayerCycles.Of(core, "layer", shape).Cycles);
    }

    // Tiles of as many rows, the first of which begins at a row.
    private void Tiles(LayerShape shape, int row, int count)
    {
        var period = new Period(_now);
        for (var left = count; left > 0; left--)
        {
            Tile(shape, row);
            left -= (int)Jump(ref period, left - 1);
        }
    }

    private void Tile(LayerShape shape, int row)
    {
        var sets = Division.RoundedUp(shape.ColumnCount, _core.Columns);
        Next(LayerSchedule.Pass(_core, shape, row, 0));
        if (sets > 2)
            Repeat(LayerSchedule.Pass(_core, shape, row, _core.Columns), sets - 2);
        if (sets > 1)
            Next(LayerSchedule.Pass(_core, shape, row, (sets - 1) * _core.Columns));
    }

    private void Repeat(in TilePass pass, int count)
    {
        var period = new Period(_now);
        for (var left = count; left > 0; left--)
        {
            Next(pass);
            left -= (int)Jump(ref period, left - 1);
        }
    }

    // Steps that need not be taken, because all repeats.
    private long Jump(ref Period period, int left)
    {
        if (!period.ClosesAt(_now))
            return 0;
        var periods = left / period.Steps;
        _now = _now.Later(periods * period.Cycles);
        return periods * period.Steps;
    }

    private void Next(in TilePass pass)
    {
        var traffic = _memory is null ? default : StreamTraffic.Of(_core, pass);
        // From the first group to the last.
        var steps = pass.Groups - 1;
        var transfer = _memory?.Cycles(Division.RoundedUp((traffic.Inputs + ResultsMeanwhile) * steps, pass.Groups)) ?? 0;
        var search = Math.Max(transfer, (long)steps * Math.Max(pass.Blocks, LoadTiming.Period(_codebookLoad)));
        var lookup = Math.Max(transfer, (long)steps * Math.Max(pass.Blocks, LoadTiming.Period(_tableLoad)));
        var command = Math.Max(_now.Command, _now.DrainedBefore) + 1;
        var visible = command + 1;

        // First and last of a pass mean the first beat of its first and of its last group.
        var (ready, activation, codebooks) = (Math.Max(_now.Issue, visible), _now.Activation, _now.Codebooks);
        if (pass.Search)
        {
            var firstSearch = Math.Max(Math.Max(activation + 1, visible), codebooks);
            ready = Math.Max(ready, firstSearch + _searchLatency + 1);
            var lastSearch = firstSearch + search;
            (activation, codebooks) = (lastSearch + pass.Blocks - 1, LoadTiming.FullAfter(lastSearch, _codebookLoad));
        }

        var buffer = _core.ScratchpadBuffers == 1 ? _now.Drained + 1 : 0;
        var firstLookup = Math.Max(Math.Max(ready + 1, buffer), _now.Tables);
        var lastLookup = firstLookup + lookup;
        var issue = lastLookup + pass.Blocks - 1;
        var drain = Math.Max(issue + _accumulateLatency + 1, _now.Drained + 1 + pass.RowBeats);
        var leaving = Math.Max(pass.ResultBeats, _memory?.Cycles(traffic.Results) ?? 0);
        _now = new Standing(
            command, activation, codebooks, issue, LoadTiming.FullAfter(lastLookup, _tableLoad), drain + leaving, _now.Drained,
            traffic.Results);
    }

    // Bits of the pass before that leave while a pass computes: with a single buffer they have left when it begins.
    private long ResultsMeanwhile => _core.ScratchpadBuffers == 1 ? 0 : _now.Results;

    // What the next pass depends on: the cycles of what came last, from when on there are codebooks and tables, and bits of results.
    private readonly record struct Standing(
        long Command, long Activation, long Codebooks, long Issue, long Tables, long Drained, long DrainedBefore, long Results)
    {
        public static Standing AfterReset(long codebooks, long tables) => new(-1, -1, codebooks, -2, tables, -1, -1, 0);

        public Standing Later(long cycles) => new(
            Command + cycles, Activation + cycles, Codebooks + cycles, Issue + cycles, Tables + cycles, Drained + cycles,
            DrainedBefore + cycles, Results);
    }

    // R. P. Brent, "An improved Monte Carlo factorization algorithm", 1980: the steps after which all stands as it did, only later.
    private struct Period(Standing start)
    {
        private Standing _kept = start;
        private long _lifetime = 1;

        public long Steps { get; private set; }

        public long Cycles { get; private set; }

        public bool ClosesAt(in Standing now)
        {
            Steps++;
            Cycles = now.Command - _kept.Command;
            if (_kept.Later(Cycles) == now)
                return true;
            if (Steps == _lifetime)
                (_kept, Steps, _lifetime) = (now, 0, 2 * _lifetime);
            return false;
        }
    }
}
