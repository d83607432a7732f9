namespace LutDla.Training.Optimisation;

/// <summary>
/// Which images a step sees. Every step's choice follows from the seed and the step's number alone, so that a run can go on from any step.
/// </summary>
internal sealed class EpochOrder(int images, int batchImages, int seed)
{
    private int[] _order = [];

    private int _orderEpoch = -1;

    /// <summary>Whole batches only; at least one.</summary>
    public int StepsPerEpoch { get; } = Math.Max(1, images / batchImages);

    /// <summary>The images of a step: each image at most once an epoch, in random order.</summary>
    public ReadOnlySpan<int> Batch(int step)
    {
        var epoch = step / StepsPerEpoch;
        if (epoch != _orderEpoch)
        {
            _order = [.. Enumerable.Range(0, images)];
            new Random(HashCode(seed, -1 - epoch)).Shuffle(_order);
            _orderEpoch = epoch;
        }

        var start = step % StepsPerEpoch * batchImages;
        return _order.AsSpan(start, Math.Min(batchImages, images - start));
    }

    /// <summary>The random numbers of a step.</summary>
    public Random Random(int step) => new(HashCode(seed, step));

    // System.HashCode differs from process to process.
    private static int HashCode(int seed, int number) => unchecked((int)((uint)seed * 0x9E3779B1u ^ (uint)number * 0x85EBCA77u));
}
