using System.Collections.Immutable;

namespace LutDla.Networks.Onnx.Operators;

/// <summary>Operators that move elements.</summary>
internal static class ArrangementImport
{
    public static ImportedOperation Transpose(NodeContext node)
    {
        var shape = node.Input(0).Shape;
        var given = node.Integers("perm") ?? [.. Enumerable.Range(0, shape.Length).Reverse().Select(i => (long)i)];
        if (given.Length != shape.Length || Shapes.Axes(given, shape.Length).Length != shape.Length)
            throw new OperatorException("Its perm must name each dimension once.");
        ImmutableArray<int> permutation = [.. given.Select(axis => Shapes.Axis(axis, shape.Length))];
        return new TransposeOperation(node.Head([.. permutation.Select(axis => shape[axis])], 0), permutation);
    }

    public static ImportedOperation Concat(NodeContext node)
    {
        ImmutableArray<ImportedValue> inputs = [.. Enumerable.Range(0, node.InputCount).Select(node.Input)];
        var first = node.Input(0);
        var axis = Shapes.Axis(node.FindInteger("axis") ?? throw new OperatorException("Its axis is missing."), first.Shape.Length);
        if (inputs.Any(input => input.IsInteger != first.IsInteger || !DifferOnlyAlong(axis, input.Shape, first.Shape)))
            throw new OperatorException("Its inputs must be of one type, and differ only along the axis.");
        var side = inputs.Sum(input => input.Shape[axis]);
        return new ConcatOperation(node.Head(first.Shape.SetItem(axis, side), first.IsInteger, inputs), axis);
    }

    public static ImportedOperation Gather(NodeContext node)
    {
        var (shape, indices) = (node.Input(0).Shape, node.Input(1));
        var axis = Shapes.Axis(node.Integer("axis", 0), shape.Length);
        if (!indices.IsInteger)
            throw new OperatorException("Its indices must be integers.");
        if (node.FindConstant(1) is { } known && known.Integers.ContainsAnyExceptInRange(-shape[axis], shape[axis] - 1))
            throw new OperatorException($"An index is none of {shape[axis]}.");
        return new GatherOperation(node.Head([.. shape[..axis], .. indices.Shape, .. shape[(axis + 1)..]], 0, 1), axis);
    }

    private static bool DifferOnlyAlong(int axis, ImmutableArray<long> a, ImmutableArray<long> b) =>
        a.Length == b.Length && a.SetItem(axis, 0).SequenceEqual(b.SetItem(axis, 0));
}
