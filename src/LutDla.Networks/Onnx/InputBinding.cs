using System.Collections.Immutable;
using LutDla.Networks.Onnx.Format;

namespace LutDla.Networks.Onnx;

/// <summary>Inputs of the graph with their open batch bound to a number.</summary>
internal static class InputBinding
{
    /// <exception cref="OperatorException">The input has no shape, an open side that is not the first, or an element type that is not supported.</exception>
    public static ImportedValue Bind(OnnxValueInfo input, long batch)
    {
        var isInteger = input.ElementType switch
        {
            OnnxElementType.Single => false,
            OnnxElementType.Int32 or OnnxElementType.Int64 => true,
            _ => throw new OperatorException("It must be a tensor of single-precision numbers, or of 32-bit or 64-bit integers."),
        };
        if (input.Dimensions.IsDefault)
            throw new OperatorException("It has no shape.");
        ImmutableArray<long> shape = [.. input.Dimensions.Select((side, i) => Side(side, i, batch))];
        Shapes.ElementCount(shape);
        return new ImportedValue(input.Name, shape, isInteger);
    }

    // Some exporters write an open side as 0 or -1.
    private static long Side(OnnxDimension side, int index, long batch) => side.Value is { } number and > 0
        ? number
        : index == 0
            ? batch
            : throw new OperatorException($"Its dimension {index}{(side.Name.Length > 0 ? $", {side.Name}," : "")} has no size.");
}
