using LutDla.Hardware;

namespace LutDla.Mapping.Schedule;

/// <summary>The cycles of search and lookup: from the activation beat through the index buffer to the issue of the index beat.</summary>
internal sealed class LookupModel(Core core)
{
    private readonly IndexPlaces _places = new(core.IndexBufferBeats);

    // From when on the next group's load may be swapped in.
    private long _codebooksFull = LoadTiming.Full(0, core.CodebookLoadBeats);
    private long _tablesFull = LoadTiming.Full(0, core.TableLoadBeats);

    /// <summary>The last activation beat was taken.</summary>
    public long Activation { get; private set; } = -1;

    /// <summary>The last index beat was read from the buffer.</summary>
    public long Read { get; private set; } = -1;

    /// <summary>The last index beat was issued.</summary>
    public long Issue { get; private set; } = -2;

    /// <summary>What the beats of the next pass depend on.</summary>
    public IReadOnlyList<long> Cycles => [Read, Issue, _tablesFull, Activation, _codebooksFull];

    /// <summary>The places that the next beat would not simply take.</summary>
    public PlacesAhead PlacesAhead => _places.After(Activation + 1);

    /// <summary>All beats of a pass; returns the issue of the first.</summary>
    /// <param name="visible">From when on its command is seen.</param>
    /// <param name="bufferFree">From when on a scratchpad buffer is free.</param>
    public long Run(TilePass pass, long visible, long bufferFree)
    {
        Start(pass, visible, bufferFree);
        var first = Issue;
        Rest(pass, visible);
        if (pass.Search == pass.Keep)
        {
            // Places are only taken, or only become free: no group leaves the buffer as it was.
            for (var group = 1; group < pass.Groups; group++)
                Group();
        }
        else if (pass.Search)
        {
            Repetition.Run(pass.Groups - 1, Group, () => new(Cycles, PlacesAhead), Advance);
        }
        else
        {
            Repetition.Run(pass.Groups - 1, Group, () => new([Read, Issue, _tablesFull]), AdvanceLookups);
        }

        return first;

        void Group()
        {
            Start(pass, visible, bufferFree: 0);
            Rest(pass, visible);
        }
    }

    /// <summary>Moves everything by as many cycles.</summary>
    public void Advance(long cycles)
    {
        AdvanceLookups(cycles);
        Activation += cycles;
        _codebooksFull += cycles;
        _places.Advance(cycles);
    }

    private void AdvanceLookups(long cycles)
    {
        Read += cycles;
        Issue += cycles;
        _tablesFull += cycles;
    }

    // The first beat of a group, which needs its codebooks and tables.
    private void Start(TilePass pass, long visible, long bufferFree)
    {
        if (pass.Search)
        {
            Search(visible, _codebooksFull);
            _codebooksFull = LoadTiming.FullAfter(Activation, core.CodebookLoadBeats);
        }

        ReadBeat(pass, visible);
        IssueBeat(Math.Max(bufferFree, _tablesFull));
        _tablesFull = LoadTiming.FullAfter(Issue, core.TableLoadBeats);
    }

    private void Rest(TilePass pass, long visible)
    {
        for (long left = pass.Blocks - 1; left > 0;)
        {
            var (activation, read, issue) = (Activation, Read, Issue);
            if (pass.Search)
                Search(visible, loaded: 0);
            ReadBeat(pass, visible);
            IssueBeat(ready: 0);
            left--;
            var step = Read - read;
            if (Issue - issue == step && (!pass.Search || Activation - activation == step))
                left -= Steady(pass, step, left);
        }
    }

    // All moved by as much from one beat to the next, so they go on like that while the places do. Returns for how many beats.
    private long Steady(TilePass pass, long step, long left)
    {
        var beats = pass.Search ? Math.Min(left, _places.SteadyBeats(Activation, step)) : left;
        if (beats == 0)
            return 0;
        if (pass.Search)
        {
            _places.Take(beats);
            Activation += beats * step;
        }

        if (!pass.Keep)
            _places.Free(new Ramp(Read + step + 1, step, beats));
        Read += beats * step;
        Issue += beats * step;
        return beats;
    }

    private void Search(long visible, long loaded) =>
        Activation = Math.Max(Math.Max(Activation + 1, visible), Math.Max(_places.Take(), loaded));

    // The reader's stage empties with the issue of the beat before. Indices that are used again were written long ago.
    private void ReadBeat(TilePass pass, long visible)
    {
        var written = pass.Search ? Activation + core.SearchLatency : 0;
        Read = Math.Max(Math.Max(Read + 1, Issue), Math.Max(visible, written + 1));
        if (!pass.Keep)
            _places.Free(new Ramp(Read + 1, 0, 1));
    }

    private void IssueBeat(long ready) =>
        Issue = Math.Max(Math.Max(Read + 1, Issue + 1), ready);
}
