using System.Collections.Immutable;

namespace LutDla.Networks.Onnx.Operators;

/// <summary>Slice: parts along axes, forwards or backwards, with ends that may lie outside.</summary>
internal static class SliceImport
{
    // Starts, ends, axes and steps are inputs since operator set 10.
    public static ImportedOperation Slice(NodeContext node)
    {
        var shape = node.Input(0).Shape;
        var starts = node.IntegersOf("starts", 1) ?? throw new OperatorException("Its starts are missing.");
        var ends = node.IntegersOf("ends", 2) ?? throw new OperatorException("Its ends are missing.");
        var axes = node.IntegersOf("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        var steps = node.Has(4) ? node.IntegersOf(4, "steps") : [.. Enumerable.Repeat(1L, starts.Length)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw new OperatorException("Its starts, ends, axes and steps must be of one length.");
        Shapes.Axes(axes, shape.Length);

        ImmutableArray<AxisCut> cuts = [.. axes.Select(
            (axis, i) => Cut(shape, Shapes.Axis(axis, shape.Length), starts[i], ends[i], steps[i]))];
        var sides = shape.ToArray();
        foreach (var cut in cuts) sides[cut.Axis] = cut.Count;
        return new SliceOperation(node.Head([.. sides], 0), cuts);
    }

    private static AxisCut Cut(ImmutableArray<long> shape, int axis, long start, long end, long step)
    {
        var side = shape[axis];
        if (side == 0) return new AxisCut(axis, 0, 1, 0);
        // Going backwards, a start before the first element means the first, and only an end may lie before it, at -1.
        var highest = step > 0 ? side : side - 1;
        var first = Clamp(start, 0);
        var last = Clamp(end, step > 0 ? 0 : -1);
        var count = step switch
        {
            > 0 => last > first ? (last - first - 1) / step + 1 : 0,
            < 0 and > long.MinValue => first > last ? (first - last - 1) / -step + 1 : 0,
            _ => throw new OperatorException($"Its step is {step}."),
        };
        return new AxisCut(axis, first, step, count);

        long Clamp(long place, long lowest) => Math.Clamp(place < 0 ? place + side : place, lowest, highest);
    }
}
