using LutDla.Baseline.Arrays;

namespace LutDla.Baseline.Products;

/// <summary>Cycles of an output-stationary array: block by block, a step a cycle once the weights of the pass are there.</summary>
internal sealed class OutputPassCycles(OutputArray array) : IPassCycles
{
    // From the issue of a block's last step to the cycle in which its first sums may leave.
    private const int SumLatency = 3;

    private readonly int _chunks = array.LoadChunks;

    // When words were read for the last time; the place of one of them is free for a new word then.
    private readonly Queue<long> _places = new(Enumerable.Repeat(-1L, array.Config.MaximumSteps));

    private long _command = -1;
    private long _loaded = -1;
    private long _read = -1;
    private long _issue = -1;
    private long _left = -1;

    // When the last reading of each of the last two passes ended, and when their last sums left; the latest first.
    private (long Latest, long Before) _readEnds = (-1, -1);
    private (long Latest, long Before) _leftEnds = (-1, -1);

    public long LastResult => _left + array.Unloader.Latency;

    public void Next(ArrayPass pass)
    {
        // Two commands wait at most.
        _command = Math.Max(_command, Math.Max(_readEnds.Before, _leftEnds.Before)) + 1;
        var visible = _command + 1;
        var parameters = _leftEnds.Latest + pass.RowBeats + 1;

        FirstBlock(pass, visible);
        Leave(pass, 0, Math.Max(visible, parameters));
        for (var block = 1; block < pass.Blocks; block++)
        {
            LaterBlock(pass, isLast: block == pass.Blocks - 1);
            Leave(pass, block, 0);
        }

        _readEnds = (_read, _readEnds.Latest);
        _leftEnds = (_left, _leftEnds.Latest);
    }

    // Reads word after word as they come. A word is read a cycle before it is used.
    private void FirstBlock(ArrayPass pass, long visible)
    {
        for (var step = 0; step < pass.Steps; step++)
        {
            _loaded = Math.Max(_loaded, _places.Dequeue()) + _chunks;
            _read = Math.Max(Math.Max(_read + 1, _issue), Math.Max(_loaded + 1, visible));
            _issue = Issue(step == pass.Steps - 1);
            if (pass.Blocks == 1)
                _places.Enqueue(_read);
        }
    }

    private void LaterBlock(ArrayPass pass, bool isLast)
    {
        for (var step = 0; step < pass.Steps; step++)
        {
            _read = Math.Max(_read + 1, _issue);
            _issue = Issue(step == pass.Steps - 1);
            if (isLast)
                _places.Enqueue(_read);
        }
    }

    // The last step waits until the sums of the block before have left.
    private long Issue(bool isLast) => Math.Max(_read + 1, isLast ? _left + 1 : 0);

    private void Leave(ArrayPass pass, int block, long ready)
    {
        var rows = block == pass.Blocks - 1 ? pass.LastRows : array.Config.Rows;
        _left = Math.Max(_issue + SumLatency, ready) + (long)rows * pass.RowBeats - 1;
    }
}
