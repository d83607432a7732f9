using LutDla.Networks.Onnx.Evaluation;
using LutDla.Networks.Onnx.Format;

namespace LutDla.Networks.Onnx;

/// <summary>
/// Computes operations whose inputs are all constants, in particular chains that compute shapes from shapes. The work is limited by what
/// the file itself holds, so that a few bytes cannot ask for much memory.
/// </summary>
/// <param name="constantElements">Elements of the file's own constants.</param>
internal sealed class ConstantFolding(long constantElements)
{
    private long _left = Math.Max(OnnxLimits.FoldedElements, OnnxLimits.FoldedElementsEach * constantElements);

    /// <summary>The result, or null if it is not constant or too much work.</summary>
    /// <exception cref="OperatorException">A constant that a node writes down itself is too large.</exception>
    public ImportedConstant? Find(ImportedOperation operation, IReadOnlyDictionary<string, ImportedConstant> constants)
    {
        var known = (operation as ConstantOperation)?.Value;
        if (known is null && !operation.Inputs.All(input => constants.ContainsKey(input.Name)))
            return null;
        var elements = operation.Inputs.Append(operation.Output).Sum(value => Shapes.ElementCount(value.Shape));
        var work = elements + Products(operation) / OnnxLimits.FoldedProducts;
        if (work > _left)
            return known is null ? null : throw new OperatorException("Computed constants take too much memory.");
        _left -= work;
        return known ?? OperationEvaluator.Evaluate(operation, [.. operation.Inputs.Select(input => constants[input.Name])]);
    }

    // What is looked at for every element of the result.
    private static long Products(ImportedOperation operation) => operation switch
    {
        MaxPoolOperation { Window: var window } => Windows(operation, window),
        AveragePoolOperation { Window: var window } => Windows(operation, window),
        _ => operation.MultiplyAccumulates,
    };

    private static long Windows(ImportedOperation operation, SlidingWindow window) =>
        Shapes.ElementCount(operation.Output.Shape) * window.Kernel.Aggregate(1L, (area, side) => area * side);
}
