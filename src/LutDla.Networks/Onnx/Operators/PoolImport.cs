using System.Collections.Immutable;

namespace LutDla.Networks.Onnx.Operators;

/// <summary>Pooling and means.</summary>
internal static class PoolImport
{
    public static ImportedOperation Max(NodeContext node)
    {
        node.Ignore("storage_order"); // of the indices, which are not supported
        var (window, shape) = Window(node);
        return new MaxPoolOperation(node.Head(shape, 0), window);
    }

    public static ImportedOperation Average(NodeContext node)
    {
        var (window, shape) = Window(node);
        if (window.IsDilated)
            throw new OperatorException("Averages over windows with gaps (dilations) are not supported.");
        return new AveragePoolOperation(node.Head(shape, 0), window, node.Flag("count_include_pad"));
    }

    public static ImportedOperation GlobalAverage(NodeContext node)
    {
        var shape = node.Data(0, 3).Shape;
        return new ReduceMeanOperation(
            node.Head([shape[0], shape[1], .. Enumerable.Repeat(1L, shape.Length - 2)], 0), [.. Enumerable.Range(2, shape.Length - 2)]);
    }

    // The axes are an input since operator set 18.
    public static ImportedOperation Mean(NodeContext node)
    {
        var shape = node.Data(0).Shape;
        var given = node.IntegersOf("axes", 1) ?? [];
        var (isKept, isNothing) = (node.Flag("keepdims", missing: true), node.Flag("noop_with_empty_axes"));
        if (given.IsEmpty && isNothing)
            return new UnaryOperation(node.Head(shape, 0), UnaryKind.Identity);
        ImmutableArray<int> axes = given.IsEmpty ? [.. Enumerable.Range(0, shape.Length)] : Shapes.Axes(given, shape.Length);
        var sides = shape.Index().Where(side => isKept || !axes.Contains(side.Index))
            .Select(side => axes.Contains(side.Index) ? 1 : side.Item);
        return new ReduceMeanOperation(node.Head([.. sides], 0), axes);
    }

    private static (SlidingWindow Window, ImmutableArray<long> Shape) Window(NodeContext node)
    {
        var data = node.Data(0, 3).Shape;
        if (data.Length > 5)
            throw new OperatorException("At most three spatial dimensions are supported.");
        var window = WindowImport.Window(node, data, kernel: null);
        if (!window.IsPaddedLessThanWindow)
            throw new OperatorException("Its padding must be smaller than its window.");
        var sides = WindowImport.OutputSides(window, data, node.Flag("ceil_mode"));
        return (window, [data[0], data[1], .. sides]);
    }
}
