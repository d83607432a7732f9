using System.Collections.Immutable;

namespace LutDla.Networks.Onnx.Operators;

/// <summary>Operators that keep the elements and their order.</summary>
internal static class ReshapeImport
{
    public static ImportedOperation Reshape(NodeContext node)
    {
        var target = node.IntegersOf(1, "shape");
        return To(node, Resolve(node.Input(0).Shape, target, keepsZero: node.Flag("allowzero")));
    }

    public static ImportedOperation Flatten(NodeContext node)
    {
        var shape = node.Input(0).Shape;
        var axis = node.Integer("axis", 1);
        if (axis < -shape.Length || axis > shape.Length)
            throw new OperatorException($"The axis {axis} is none of {shape.Length} dimensions.");
        var place = (int)(axis < 0 ? axis + shape.Length : axis);
        return To(node, [Shapes.ElementCount(shape[..place]), Shapes.ElementCount(shape[place..])]);
    }

    public static ImportedOperation Squeeze(NodeContext node)
    {
        var shape = node.Input(0).Shape;
        var axes = node.IntegersOf("axes", 1) is { } given
            ? Shapes.Axes(given, shape.Length)
            : [.. Enumerable.Range(0, shape.Length).Where(i => shape[i] == 1)];
        if (axes.Any(axis => shape[axis] != 1))
            throw new OperatorException($"It takes away sides of {Shapes.Text(shape)} that are not 1.");
        return To(node, [.. shape.Where((_, i) => !axes.Contains(i))]);
    }

    public static ImportedOperation Unsqueeze(NodeContext node)
    {
        var shape = node.Input(0).Shape;
        var given = node.IntegersOf("axes", 1) ?? throw new OperatorException("Its axes are missing.");
        var axes = Shapes.Axes(given, shape.Length + given.Length);
        var sides = shape.ToList();
        foreach (var axis in axes) sides.Insert(axis, 1);
        return To(node, [.. sides]);
    }

    private static ReshapeOperation To(NodeContext node, ImmutableArray<long> shape)
    {
        var before = node.Input(0).Shape;
        return Shapes.ElementCount(before) == Shapes.ElementCount(shape)
            ? new ReshapeOperation(node.Head(shape, 0))
            : throw new OperatorException($"{Shapes.Text(before)} cannot become {Shapes.Text(shape)}.");
    }

    // 0 keeps the side at its place, and -1, once, takes what is left.
    private static ImmutableArray<long> Resolve(ImmutableArray<long> shape, ImmutableArray<long> target, bool keepsZero)
    {
        var sides = target.ToArray();
        for (var i = 0; i < sides.Length; i++)
        {
            if (sides[i] != 0 || keepsZero) continue;
            sides[i] = i < shape.Length
                ? shape[i]
                : throw new OperatorException($"Its shape keeps dimension {i}, which {Shapes.Text(shape)} does not have.");
        }

        var open = Array.IndexOf(sides, -1);
        if (open < 0) return [.. sides];
        sides[open] = 1;
        var rest = Shapes.ElementCount(sides);
        sides[open] = rest > 0 ? Shapes.ElementCount(shape) / rest : throw new OperatorException("No side can make up for one of 0.");
        return [.. sides];
    }
}
