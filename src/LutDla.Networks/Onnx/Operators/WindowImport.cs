using System.Collections.Immutable;

namespace LutDla.Networks.Onnx.Operators;

/// <summary>Windows of convolutions and pooling, with automatic padding made explicit.</summary>
internal static class WindowImport
{
    /// <param name="data">[N, C, spatial...].</param>
    /// <param name="kernel">Used where the node does not say kernel_shape; null if it must.</param>
    public static SlidingWindow Window(NodeContext node, ImmutableArray<long> data, ImmutableArray<long>? kernel)
    {
        var rank = data.Length - 2;
        var sides = node.Integers("kernel_shape") ?? kernel ?? throw new OperatorException("Its kernel_shape is missing.");
        var strides = Each(node, "strides", rank, 1, 1);
        var dilations = Each(node, "dilations", rank, 1, 1);
        var pads = Each(node, "pads", 2 * rank, 0, 0);
        Check("kernel_shape", sides, rank, 1);
        var window = new SlidingWindow(sides, strides, pads[..rank], pads[rank..], dilations);
        return node.Text("auto_pad", "NOTSET") switch
        {
            "NOTSET" => window,
            "VALID" => Automatic(window, window with { PadsBegin = Zeros(rank), PadsEnd = Zeros(rank) }),
            "SAME_UPPER" => Automatic(window, Same(window, data, isExtraAtEnd: true)),
            "SAME_LOWER" => Automatic(window, Same(window, data, isExtraAtEnd: false)),
            var other => throw new OperatorException($"Its auto_pad {other} is not known."),
        };
    }

    // Some exporters write down the padding, too.
    private static SlidingWindow Automatic(SlidingWindow given, SlidingWindow automatic)
    {
        ImmutableArray<long> pads = [.. given.PadsBegin, .. given.PadsEnd];
        return pads.All(pad => pad == 0) || pads.SequenceEqual([.. automatic.PadsBegin, .. automatic.PadsEnd])
            ? automatic
            : throw new OperatorException($"Its auto_pad and its pads, {string.Join(", ", pads)}, contradict each other.");
    }

    /// <summary>The spatial sides of the result.</summary>
    public static ImmutableArray<long> OutputSides(SlidingWindow window, ImmutableArray<long> data, bool roundsUp) =>
        [.. Enumerable.Range(0, window.Rank).Select(i => window.OutputSide(i, data[i + 2], roundsUp))];

    // As many places as strides fit the side, rounded up; what is missing for that is padded on both sides.
    private static SlidingWindow Same(SlidingWindow window, ImmutableArray<long> data, bool isExtraAtEnd)
    {
        var (begin, end) = (new long[window.Rank], new long[window.Rank]);
        for (var i = 0; i < window.Rank; i++)
        {
            var (side, stride) = (data[i + 2], window.Strides[i]);
            var total = Math.Max(0, checked(((side + stride - 1) / stride - 1) * stride + window.Extent(i) - side));
            (begin[i], end[i]) = isExtraAtEnd ? (total / 2, total - total / 2) : (total - total / 2, total / 2);
        }

        return window with { PadsBegin = [.. begin], PadsEnd = [.. end] };
    }

    private static ImmutableArray<long> Each(NodeContext node, string name, int count, long missing, long minimum)
    {
        var values = node.Integers(name) ?? [.. Enumerable.Repeat(missing, count)];
        Check(name, values, count, minimum);
        return values;
    }

    private static void Check(string name, ImmutableArray<long> values, int count, long minimum)
    {
        if (values.Length != count || values.Any(value => value < minimum || value > int.MaxValue))
            throw new OperatorException($"Its {name} must be {count} numbers of at least {minimum}.");
    }

    private static ImmutableArray<long> Zeros(int count) => [.. new long[count]];
}
