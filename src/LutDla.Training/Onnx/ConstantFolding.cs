using LutDla.Training.Onnx.Evaluation;
using LutDla.Training.Onnx.Format;

namespace LutDla.Training.Onnx;

/// <summary>Computes operations whose inputs are all constants, in particular chains that compute shapes from shapes.</summary>
internal sealed class ConstantFolding
{
    private long _left = OnnxLimits.FoldedElements;

    /// <summary>The result, or null if it is not constant, or the computed constants would take too much memory.</summary>
    public ImportedConstant? Find(ImportedOperation operation, IReadOnlyDictionary<string, ImportedConstant> constants)
    {
        if (operation is not ConstantOperation && !operation.Inputs.All(input => constants.ContainsKey(input.Name)))
            return null;
        var count = Shapes.ElementCount(operation.Output.Shape);
        if (count > _left)
            return null;
        _left -= count;
        return operation is ConstantOperation known
            ? known.Value
            : OperationEvaluator.Evaluate(operation, [.. operation.Inputs.Select(input => constants[input.Name])]);
    }
}
