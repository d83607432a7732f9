using System.Collections.Immutable;
using LutDla.Networks.Onnx.Format;

namespace LutDla.Networks.Onnx;

/// <summary>Arithmetic on shapes.</summary>
internal static class Shapes
{
    /// <summary>Elements of a tensor, or null if a side is negative or there are more than <see cref="OnnxLimits.Elements"/>.</summary>
    public static long? FindElementCount(IReadOnlyList<long> shape)
    {
        // A zero anywhere makes the product zero, so that all sides are looked at before any are multiplied.
        if (shape.Any(side => side < 0)) return null;
        if (shape.Contains(0)) return 0;
        var count = 1L;
        foreach (var side in shape)
        {
            if (side > OnnxLimits.Elements / count) return null;
            count *= side;
        }

        return count;
    }

    /// <exception cref="OperatorException">More elements or dimensions than a value may have.</exception>
    public static long ElementCount(IReadOnlyList<long> shape) =>
        shape.Count <= OnnxLimits.Rank && FindElementCount(shape) is { } count
            ? count
            : throw new OperatorException($"The shape {Text(shape)} is not possible, or too large to be imported.");

    /// <summary>Such as <c>1 x 3 x 32 x 32</c>; a scalar is <c>scalar</c>.</summary>
    public static string Text(IEnumerable<long> shape) => shape.Any() ? string.Join(" x ", shape) : "scalar";

    /// <summary>An axis counted from the front; negative ones count from the end.</summary>
    /// <param name="rank">Axes are -rank to rank - 1.</param>
    public static int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw new OperatorException($"The axis {axis} is none of {rank} dimensions.");

    /// <summary>Distinct axes in ascending order.</summary>
    public static ImmutableArray<int> Axes(IEnumerable<long> axes, int rank)
    {
        var sorted = axes.Select(axis => Axis(axis, rank)).Order().ToImmutableArray();
        return sorted.Distinct().Count() == sorted.Length ? sorted : throw new OperatorException("An axis is named twice.");
    }

    /// <summary>The shape that two shapes stretch to: sides of 1 repeat, missing ones in front count as 1.</summary>
    public static ImmutableArray<long> Broadcast(ImmutableArray<long> a, ImmutableArray<long> b)
    {
        var rank = Math.Max(a.Length, b.Length);
        return [.. Enumerable.Range(0, rank).Select(i => Stretch(Side(a, i - rank + a.Length), Side(b, i - rank + b.Length)))];

        static long Side(ImmutableArray<long> shape, int index) => index < 0 ? 1 : shape[index];

        long Stretch(long x, long y) => x == y || y == 1 ? x : x == 1
            ? y
            : throw new OperatorException($"The shapes {Text(a)} and {Text(b)} do not fit each other.");
    }
}
