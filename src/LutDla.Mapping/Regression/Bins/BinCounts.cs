namespace LutDla.Mapping.Regression.Bins;

/// <summary>How often each bin was met.</summary>
public sealed class BinCounts
{
    private readonly Dictionary<Bin, long> _counts = [];

    public long this[Bin bin] => _counts.GetValueOrDefault(bin);

    public void Add(Bin bin, long times = 1)
    {
        if (times > 0)
            _counts[bin] = this[bin] + times;
    }

    public void Add(Bin bin, bool met) => Add(bin, met ? 1 : 0);

    public void Add(BinCounts other)
    {
        foreach (var (bin, times) in other._counts)
            Add(bin, times);
    }
}
