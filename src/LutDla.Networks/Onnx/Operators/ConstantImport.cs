using System.Collections.Immutable;

namespace LutDla.Networks.Onnx.Operators;

/// <summary>Operators whose result is known as soon as shapes are.</summary>
internal static class ConstantImport
{
    /// <summary>Elements of a filled constant; shapes are made of it, and larger ones would only be a way to ask for memory.</summary>
    private const long MaximumFill = 1L << 16;

    public static ImportedOperation Constant(NodeContext node) => node.Known(
        node.Tensor("value")
        ?? (node.Integers("value_ints") is { } integers ? ImportedConstant.OfIntegers([integers.Length], [.. integers]) : null)
        ?? (node.Singles("value_floats") is { } singles ? ImportedConstant.OfSingles([singles.Length], [.. singles]) : null)
        ?? Scalar(node));

    public static ImportedOperation OfShape(NodeContext node)
    {
        var shape = node.IntegersOf(0, "shape");
        var count = Shapes.ElementCount(shape);
        if (count > MaximumFill)
            throw new OperatorException($"It fills {count} elements; at most {MaximumFill} are supported.");
        var value = node.Tensor("value") ?? ImportedConstant.OfSingles([1], [0]);
        if (value.ElementCount != 1)
            throw new OperatorException("Its value must be one number.");
        return node.Known(value.IsInteger
            ? ImportedConstant.OfIntegers(shape, Fill(count, value.Integers[0]))
            : ImportedConstant.OfSingles(shape, Fill(count, value.Singles[0])));
    }

    public static ImportedOperation Shape(NodeContext node)
    {
        var shape = node.Input(0).Shape;
        var first = Bound(node.Integer("start", 0), shape.Length);
        var end = Math.Max(first, Bound(node.Integer("end", shape.Length), shape.Length));
        ImmutableArray<long> part = shape[first..end];
        return node.Known(ImportedConstant.OfIntegers([part.Length], [.. part]));
    }

    public static ImportedOperation Size(NodeContext node) =>
        node.Known(ImportedConstant.OfIntegers([], [Shapes.ElementCount(node.Input(0).Shape)]));

    // Both ends count from the end if negative, and stop at the borders.
    private static int Bound(long place, int rank) => (int)Math.Clamp(place < 0 ? place + rank : place, 0, rank);

    private static ImportedConstant Scalar(NodeContext node)
    {
        if (node.FindSingle("value_float") is { } single)
            return ImportedConstant.OfSingles([], [single]);
        return node.FindInteger("value_int") is { } integer
            ? ImportedConstant.OfIntegers([], [integer])
            : throw new OperatorException("Its value is missing, or of a type that is not supported.");
    }

    private static T[] Fill<T>(long count, T value)
    {
        var values = new T[count];
        Array.Fill(values, value);
        return values;
    }
}
