using System.Collections.Immutable;
using LutDla.Networks.Onnx.Format;

namespace LutDla.Networks.Onnx;

/// <summary>Inputs of the graph with their open batch bound to a number.</summary>
internal static class InputBinding
{
    /// <param name="rebinds">Whether a batch that the file fixes becomes that number, too; of images [batch, channels, rows, columns] and
    /// vectors.</param>
    /// <exception cref="OperatorException">
    /// The input has no shape, an open side that is not the first, or an element type that is not supported.
    /// </exception>
    public static ImportedValue Bind(OnnxValueInfo input, long batch, bool rebinds)
    {
        var isInteger = input.ElementType switch
        {
            // All is computed in single precision.
            OnnxElementType.Single or OnnxElementType.Half or OnnxElementType.BFloat16 or OnnxElementType.Double => false,
            OnnxElementType.Int32 or OnnxElementType.Int64 => true,
            OnnxElementType.UInt8 => throw new OperatorException(
                "It takes bytes; it must take floating-point numbers, or integers of 32 or 64 bits.",
                "Export the model from behind its cast on; --deviation 0.00392157, for each channel, says that it takes 0 to 255."),
            { } type => throw new OperatorException(
                $"It takes elements of type {type}; they must be floating-point numbers, or integers of 32 or 64 bits.",
                "Export the model with inputs of single precision."),
            null => throw new OperatorException(
                "It is no tensor, or one of texts, complex numbers or numbers of less than a byte.",
                "Export the model with inputs of single precision."),
        };
        if (input.Dimensions.IsDefault)
            throw new OperatorException("It has no shape.", "Export the model with the shapes of its inputs.");
        ImmutableArray<long> shape = [.. input.Dimensions.Select((side, i) => Side(side, i, batch))];
        if (rebinds && !isInteger && (shape.Length is 2 or 4))
            shape = shape.SetItem(0, batch);
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
