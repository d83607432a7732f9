using LutDla.Baseline.Arrays;

namespace LutDla.Baseline.Products;

/// <summary>Cycles of a weight-stationary array, which works in the order of a core: all blocks while the weights of a step stay.</summary>
internal sealed class WeightPassCycles(WeightArray array) : IPassCycles
{
    // The last beat lands a cycle after it was taken, and the swap sees it in the next.
    private const int Landing = 1;

    private readonly int _load = array.Config.Chain * array.LoadChunks;
    private readonly int _accumulate = array.Matrix.Latency;
    private readonly int _rescale = array.Drain.Latency;

    // Activations that are kept are read from their memory a cycle before they are used.
    private readonly int _read = array.KeepsActivations ? 1 : 0;

    private long _command = -1;
    private long _issue = -1;
    private long _weights = array.Config.Chain * array.LoadChunks + Landing;
    private long _drained = -1;
    private long _drainedBefore = -1;

    public long LastResult => _drained + _rescale;

    public void Next(ArrayPass pass)
    {
        // Two commands wait at most, and a memory of partial sums is free again when its pass has left.
        _command = Math.Max(_command, _drainedBefore) + 1;
        var visible = _command + 1;
        var free = (array.Config.Buffers == 1 ? _drained : _drainedBefore) + 1;
        var first = Math.Max(Math.Max(Math.Max(_issue + 1, visible + _read), free), _weights);
        var last = first + (pass.Steps - 1) * (long)Math.Max(pass.Blocks, _load + Landing + 1);

        _issue = last + pass.Blocks - 1;
        _weights = last + 1 + _load + Landing;
        var drain = Math.Max(Math.Max(_issue + _accumulate + 1, _drained + 1 + pass.RowBeats), visible);
        (_drainedBefore, _drained) = (_drained, drain + pass.ResultBeats);
    }
}
