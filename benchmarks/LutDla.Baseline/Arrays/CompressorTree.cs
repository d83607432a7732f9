namespace LutDla.Baseline.Arrays;

/// <summary>
/// Adders that make one bit of each weight out of many: of the bits of a weight those that are there first go into the next
/// adder, until one is left. So the last carries of all weights make the chain of a ripple adder, which starts while upper weights
/// still have many bits. A full adder takes a bit away, a half adder none, so there is one at most of a weight.
/// </summary>
public sealed class CompressorTree
{
    // In delays of a full adder.
    private const double FullDelay = 1;
    private const double HalfDelay = 0.5;

    private readonly List<TreeAdder> _adders = [];
    private readonly List<string> _result = [];

    /// <param name="columns">Bits of weight 1, 2, 4 and so on; sums beyond the last weight are dropped.</param>
    /// <param name="constant">Added to the bits.</param>
    internal CompressorTree(IReadOnlyList<IReadOnlyList<TreeBit>> columns, long constant)
    {
        var carried = new List<TreeBit>();
        for (var c = 0; c < columns.Count; c++)
        {
            var waiting = new Queue(columns[c].Concat(carried));
            carried = [.. Reduce(waiting, hasOne: ((constant >> c) & 1) == 1, isLast: c == columns.Count - 1)];
            _result.Add(waiting.Count == 0 ? "1'b0" : waiting.Take().Wire);
        }
    }

    public IReadOnlyList<TreeAdder> Adders => _adders;

    /// <summary>Wires of the sum, the lowest first.</summary>
    public IReadOnlyList<string> Result => _result;

    // Gives the carries.
    private IEnumerable<TreeBit> Reduce(Queue waiting, bool hasOne, bool isLast)
    {
        while (waiting.Count > 1 || (hasOne && waiting.Count > 0))
        {
            var a = waiting.Take();
            TreeBit? b = waiting.Count == 0 ? null : waiting.Take();
            TreeBit? c = hasOne || waiting.Count == 0 ? null : waiting.Take();
            var arrival = c is { } last ? last.Arrival + FullDelay : (b ?? a).Arrival + (b is null ? 0 : HalfDelay);
            var (sum, carry) = ($"sum_{_adders.Count}", isLast ? "" : $"carry_{_adders.Count}");
            var kind = c is not null ? "full" : b is null ? "one" : hasOne ? "half_and_one" : "half";
            _adders.Add(new TreeAdder(kind, a.Wire, b?.Wire ?? "", c?.Wire ?? "", sum, carry));
            waiting.Put(new TreeBit(sum, arrival));
            hasOne = false;
            if (!isLast)
                yield return new TreeBit(carry, arrival);
        }

        if (hasOne)
            waiting.Put(new TreeBit("1'b1", 0));
    }

    /// <summary>Gives the bit that is there first; of several, the one that was put in first.</summary>
    private sealed class Queue
    {
        private readonly PriorityQueue<TreeBit, (double, int)> _bits = new();
        private int _put;

        public Queue(IEnumerable<TreeBit> bits)
        {
            foreach (var bit in bits)
                Put(bit);
        }

        public int Count => _bits.Count;

        public void Put(TreeBit bit) => _bits.Enqueue(bit, (bit.Arrival, _put++));

        public TreeBit Take() => _bits.Dequeue();
    }
}
